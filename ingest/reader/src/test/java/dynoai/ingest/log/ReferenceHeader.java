package dynoai.ingest.log;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The rules for the header line, written a second time as plainly as possible. */
final class ReferenceHeader {
    private static final int SEARCHED_LINES = 200;
    private static final int LINES_TO_FIRST_ROW = 20;

    final String headerLine;
    final char delimiter;
    final List<String> headers;
    final int preambleLines;

    /** Cells of each line that is a row. */
    final List<List<String>> rows = new ArrayList<>();

    /** Cells of the line right below the header; empty without one. */
    List<String> below = List.of();

    boolean belowIsUnits;

    private final boolean aligned;

    private ReferenceHeader(List<String> lines, int at, boolean aligned) {
        this.aligned = aligned;
        this.preambleLines = at;
        this.headerLine = lines.get(at);
        this.delimiter = aligned ? '\t' : ReferenceText.delimiter(headerLine);
        this.headers = aligned ? alignedCells(headerLine) : ReferenceText.cells(headerLine, delimiter);
    }

    /** @param lines that are not blank, at least one */
    static ReferenceHeader first(List<String> lines) {
        return new ReferenceHeader(lines, 0, false).withRows(lines.subList(1, lines.size()));
    }

    static ReferenceHeader find(List<String> lines, Predicate<String> isEngineSpeed) {
        ReferenceHeader sections = sections(lines);
        if (sections != null) {
            return sections;
        }
        for (boolean aligned : new boolean[] {false, true}) {
            ReferenceHeader named = named(lines, aligned, isEngineSpeed);
            if (named != null) {
                return named;
            }
        }
        List<String> first = lines.subList(0, Math.min(lines.size(), SEARCHED_LINES));
        for (boolean aligned : new boolean[] {false, true}) {
            for (int i = 0; i < first.size(); i++) {
                if (!isMarker(first.get(i)) && cells(first.get(i), aligned).size() >= 3) {
                    return new ReferenceHeader(lines, i, aligned).withRows(lines.subList(i + 1, lines.size()));
                }
            }
        }
        return first(lines);
    }

    private static ReferenceHeader sections(List<String> lines) {
        if (!lines.get(0).startsWith("HP Tuners CSV Log File")) {
            return null;
        }
        int information = -1;
        for (int i = 0; i < Math.min(lines.size(), SEARCHED_LINES); i++) {
            String line = ReferenceText.trim(lines.get(i));
            if (line.startsWith("[Channel Information]")) {
                information = i;
            } else if (information >= 0 && i > information + 2 && line.startsWith("[Channel Data]")) {
                ReferenceHeader header = new ReferenceHeader(lines, information + 2, false);
                header.withRows(lines.subList(i + 1, lines.size()));
                header.belowIsUnits = true;
                String units = lines.get(information + 3);
                header.below = isMarker(units) ? List.of() : ReferenceText.cells(units, header.delimiter);
                return header;
            }
        }
        return null;
    }

    private static ReferenceHeader named(List<String> lines, boolean aligned, Predicate<String> isEngineSpeed) {
        List<Integer> found = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        int lastNamed = -2;
        List<Integer> lastColumns = List.of();
        for (int i = 0; i < Math.min(lines.size(), SEARCHED_LINES); i++) {
            List<String> cells = cells(lines.get(i), aligned);
            boolean delimited = aligned && cells(lines.get(i), false).size() >= 3;
            if (cells.size() < 3
                    || delimited
                    || isMarker(lines.get(i))
                    || cells.stream().noneMatch(isEngineSpeed)) {
                continue;
            }
            String text = ReferenceText.trim(lines.get(i));
            List<Integer> columns = IntStream.range(0, cells.size())
                    .filter(cell -> isEngineSpeed.test(cells.get(cell)))
                    .boxed()
                    .toList();
            if (i == lastNamed + 1 && columns.stream().anyMatch(lastColumns::contains)) {
                continue; // rpm as a unit
            }
            lastNamed = texts.contains(text) ? lastNamed : i;
            lastColumns = texts.contains(text) ? lastColumns : columns;
            if (!texts.contains(text) && hasRows(lines, i, aligned, isEngineSpeed)) {
                found.add(i);
            }
            texts.add(text);
        }
        int best = -1;
        long most = -1;
        for (int f = 0; f < found.size(); f++) {
            int from = found.get(f);
            int to = f + 1 < found.size() ? found.get(f + 1) : lines.size();
            long rows = lines.subList(from + 1, to).stream()
                    .filter(line -> isRow(lines.get(from), line, aligned, isEngineSpeed))
                    .count();
            if (rows > most) {
                best = from;
                most = rows;
            }
        }
        return best < 0
                ? null
                : new ReferenceHeader(lines, best, aligned).withRows(lines.subList(best + 1, lines.size()));
    }

    private static boolean hasRows(List<String> lines, int header, boolean aligned, Predicate<String> isEngineSpeed) {
        List<String> below = new ArrayList<>();
        for (String line : lines.subList(header + 1, lines.size())) {
            if (!isMarker(line)) {
                below.add(line);
            }
        }
        boolean mayBeUnits = header + 1 < lines.size()
                && !isMarker(lines.get(header + 1))
                && !isRow(lines.get(header), below.get(0), aligned, isEngineSpeed);
        if (mayBeUnits) {
            below.remove(0);
        }
        return below.stream()
                .limit(LINES_TO_FIRST_ROW)
                .anyMatch(line -> isRow(lines.get(header), line, aligned, isEngineSpeed));
    }

    /** Whether a line has a number in a column of engine speed. */
    private static boolean isRow(String header, String line, boolean aligned, Predicate<String> isEngineSpeed) {
        if (isMarker(line)) {
            return false;
        }
        List<String> names = cells(header, aligned);
        char delimiter = ReferenceText.delimiter(header);
        List<String> cells = aligned ? alignedCells(line) : ReferenceText.cells(line, delimiter);
        for (int i = 0; i < Math.min(names.size(), cells.size()); i++) {
            if (isEngineSpeed.test(names.get(i))
                    && !Double.isNaN(ReferenceText.number(cells.get(i), !aligned && delimiter == ';'))) {
                return true;
            }
        }
        return false;
    }

    private ReferenceHeader withRows(List<String> lines) {
        List<String> kept = new ArrayList<>();
        for (String line : lines) {
            if (!aligned || !isSkipped(line)) {
                kept.add(line);
            }
        }
        if (!kept.isEmpty() && !isMarker(kept.get(0))) {
            below = rowCells(kept.get(0));
        }
        kept.forEach(line -> rows.add(rowCells(line)));
        return this;
    }

    private List<String> rowCells(String line) {
        if (!aligned) {
            return ReferenceText.cells(line, delimiter);
        }
        List<String> cells = alignedCells(line);
        return cells.size() == headers.size() ? cells : List.of(line);
    }

    private static List<String> cells(String line, boolean aligned) {
        return aligned ? alignedCells(line) : ReferenceText.cells(line, ReferenceText.delimiter(line));
    }

    private static List<String> alignedCells(String line) {
        if (isSkipped(line)) {
            return List.of();
        }
        String text = ReferenceText.trim(line);
        if (text.contains("\t")) {
            return List.of(text);
        }
        return ReferenceText.cells(text.replaceAll("  +", "\t"), '\t');
    }

    private static boolean isSkipped(String line) {
        String text = ReferenceText.trim(line);
        return text.startsWith("Max:") || text.startsWith("Min:") || text.matches("[- ]*");
    }

    private static boolean isMarker(String line) {
        String text = ReferenceText.trim(line);
        return text.startsWith("[") && text.endsWith("]");
    }
}
