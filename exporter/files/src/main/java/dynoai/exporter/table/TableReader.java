package dynoai.exporter.table;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a table file. */
final class TableReader {
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");
    private static final String WHITE_SPACE = " \t\n\r\u000B\f";
    private static final int MAX_CELL = 64;
    private static final int MAX_SHOWN = 40;

    private final String file;

    TableReader(String file) {
        this.file = file;
    }

    VeTable read(byte[] bytes) throws InvalidTableException {
        String[] lines = LINE_END.split(text(bytes), -1);
        List<String> kpaLabels = null;
        List<String> rpmLabels = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        Set<Double> rpms = new HashSet<>();
        for (int i = 0; i < lines.length; i++) {
            if (strip(lines[i]).isEmpty()) {
                continue;
            }
            List<String> cells = cells(i + 1, lines[i]);
            if (kpaLabels == null) {
                kpaLabels = header(i + 1, cells);
                continue;
            }
            if (rows.size() == VeTable.MAX_BINS) {
                throw invalid(i + 1, "", "a row more", "at most " + VeTable.MAX_BINS + " rows");
            }
            rpmLabels.add(bin(i + 1, "RPM", cells.get(0), rpms));
            rows.add(row(i + 1, cells, kpaLabels));
        }
        if (rows.isEmpty() || kpaLabels == null) {
            throw invalid(
                    0, "", kpaLabels == null ? "no line" : "a header and no row", "a header and at least one row");
        }
        double[] table = new double[rows.size() * kpaLabels.size()];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, table, i * kpaLabels.size(), kpaLabels.size());
        }
        return VeTable.of(rpmLabels, kpaLabels, table);
    }

    private String text(byte[] bytes) throws InvalidTableException {
        if (bytes.length > VeTable.MAX_BYTES) {
            throw invalid(0, "", bytes.length + " bytes", "a table of at most " + VeTable.MAX_BYTES + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw invalid(0, "", "bytes that are not UTF-8 text", "a CSV file in UTF-8");
        }
    }

    private List<String> header(int line, List<String> cells) throws InvalidTableException {
        String corner = cells.get(0);
        if (!corner.isEmpty() && !corner.toLowerCase(Locale.ROOT).startsWith("rpm")) {
            throw invalid(line, "1", shown(corner), "RPM, then one manifold pressure for each column");
        }
        if (cells.size() < 2 || cells.size() > VeTable.MAX_BINS + 1) {
            throw invalid(line, "", cells.size() - 1 + " pressures", "1 to " + VeTable.MAX_BINS);
        }
        List<String> labels = new ArrayList<>();
        Set<Double> pressures = new HashSet<>();
        for (int i = 1; i < cells.size(); i++) {
            labels.add(bin(line, Integer.toString(i + 1), cells.get(i), pressures));
        }
        return labels;
    }

    private double[] row(int line, List<String> cells, List<String> kpaLabels) throws InvalidTableException {
        if (cells.size() != kpaLabels.size() + 1) {
            throw invalid(
                    line, "", cells.size() + " cells", kpaLabels.size() + 1 + " cells, as many as the header has");
        }
        double[] row = new double[kpaLabels.size()];
        for (int i = 0; i < row.length; i++) {
            String cell = cells.get(i + 1);
            row[i] = cell.isEmpty() ? Double.NaN : number(line, kpaLabels.get(i), cell, "a number or nothing");
        }
        return row;
    }

    private String bin(int line, String column, String label, Set<Double> seen) throws InvalidTableException {
        if (!seen.add(number(line, column, label, "a number, the bin's label"))) {
            throw invalid(line, column, "the bin " + shown(label) + " a second time", "each bin once");
        }
        return label;
    }

    private double number(int line, String column, String cell, String accepted) throws InvalidTableException {
        if (cell.length() > MAX_CELL || !NUMBER.matcher(cell).matches()) {
            throw invalid(line, column, shown(cell), accepted);
        }
        double number = Double.parseDouble(cell);
        if (Math.abs(number) >= VeTable.CELL_LIMIT) {
            throw invalid(line, column, shown(cell), "a number below 1e9");
        }
        return number;
    }

    private List<String> cells(int line, String text) throws InvalidTableException {
        List<String> cells = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String cell = strip(part);
            if (cell.chars().anyMatch(c -> Character.isISOControl(c) && WHITE_SPACE.indexOf(c) < 0)) {
                throw invalid(line, Integer.toString(cells.size() + 1), shown(cell), "text without control characters");
            }
            if (cell.length() >= 2 && cell.startsWith("\"") && cell.endsWith("\"")) {
                cell = strip(cell.substring(1, cell.length() - 1));
            }
            cells.add(cell.startsWith("'") ? cell.substring(1) : cell);
        }
        return cells;
    }

    /** Removes white space as of spec section 2 from both ends. Other control characters are damage. */
    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && WHITE_SPACE.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && WHITE_SPACE.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    private static String shown(String cell) {
        String text = cell.length() > MAX_SHOWN ? cell.substring(0, MAX_SHOWN) + "..." : cell;
        return cell.isEmpty() ? "nothing" : "'" + text.replaceAll("\\p{Cntrl}", "?") + "'";
    }

    private InvalidTableException invalid(int line, String column, String found, String accepted) {
        return new InvalidTableException(file, line, column, found, accepted);
    }
}
