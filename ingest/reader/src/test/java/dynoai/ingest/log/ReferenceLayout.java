package dynoai.ingest.log;

import dynoai.schemas.log.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a log has its header, its units and its rows.
 *
 * @param preamble lines above the header line
 * @param units cells of the units row; empty without one
 */
record ReferenceLayout(
        int preamble,
        @Nullable String headerLine,
        char delimiter,
        List<String> headers,
        List<String> units,
        List<List<String>> rows) {
    private static final char SPACES = ' ';

    static ReferenceLayout of(List<String> lines, boolean replay) {
        if (lines.isEmpty()) {
            return new ReferenceLayout(0, null, ',', List.of(), List.of(), List.of());
        }
        if (replay) {
            return at(lines, 0, ReferenceText.delimiter(lines.get(0)), 1, List.of());
        }
        if (ReferenceText.trim(lines.get(0)).startsWith("HP Tuners CSV Log File")) {
            int information = indexOf(lines, "[Channel Information]");
            int data = indexOf(lines, "[Channel Data]");
            if (information >= 0 && data > information + 3) {
                char delimiter = ReferenceText.delimiter(lines.get(information + 2));
                return at(
                        lines,
                        information + 2,
                        delimiter,
                        data + 1,
                        ReferenceText.cells(lines.get(information + 3), delimiter));
            }
        }
        boolean spaces = isSetWithSpaces(lines);
        List<String> read = spaces
                ? lines.stream()
                        .filter(line -> !line.matches("[-\\s]+")
                                && !ReferenceText.trim(line).startsWith("Max:")
                                && !ReferenceText.trim(line).startsWith("Min:"))
                        .toList()
                : lines;
        int header = headerLine(read, spaces);
        char delimiter = spaces ? SPACES : ReferenceText.delimiter(read.get(header));
        List<String> units = List.of();
        if (header + 1 < read.size()) {
            List<String> below = cells(read.get(header + 1), delimiter);
            if (isUnitsRow(cells(read.get(header), delimiter), below, delimiter)) {
                units = below;
            }
        }
        return at(read, header, delimiter, header + 1, units);
    }

    private static ReferenceLayout at(
            List<String> lines, int header, char delimiter, int firstRow, List<String> units) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : lines.subList(firstRow, lines.size())) {
            rows.add(cells(line, delimiter));
        }
        return new ReferenceLayout(
                header, lines.get(header), delimiter, cells(lines.get(header), delimiter), units, rows);
    }

    private static int indexOf(List<String> lines, String section) {
        for (int i = 0; i < lines.size(); i++) {
            if (ReferenceText.trim(lines.get(i)).equals(section)) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> cells(String line, char delimiter) {
        return delimiter == SPACES ? ReferenceText.spacedCells(line) : ReferenceText.cells(line, delimiter);
    }

    private static boolean isSetWithSpaces(List<String> lines) {
        List<String> first = lines.subList(0, Math.min(200, lines.size()));
        return first.stream()
                        .noneMatch(line ->
                                cells(line, ReferenceText.delimiter(line)).size() >= 3)
                && first.stream()
                        .anyMatch(line -> ReferenceText.spacedCells(line).size() >= 3);
    }

    private static int headerLine(List<String> lines, boolean spaces) {
        List<Integer> candidates = new ArrayList<>();
        List<List<Integer>> rpmColumns = new ArrayList<>();
        int wide = -1;
        for (int i = 0; i < Math.min(200, lines.size()); i++) {
            String line = lines.get(i);
            char delimiter = spaces ? SPACES : ReferenceText.delimiter(line);
            List<String> cells = cells(line, delimiter);
            if (cells.size() < 3) {
                continue;
            }
            wide = wide < 0 ? i : wide;
            List<Integer> named = ReferenceSearch.rpmColumns(cells);
            if (named.isEmpty()) {
                continue;
            }
            boolean below = !candidates.isEmpty() && candidates.get(candidates.size() - 1) == i - 1;
            // A cell "rpm" right below a name of engine speed is its unit, however few other units the line has.
            boolean unitsRow = below
                    && (isUnitsRow(cells(lines.get(i - 1), delimiter), cells, delimiter)
                            || rpmColumns.get(rpmColumns.size() - 1).containsAll(named)
                                    && named.stream()
                                            .allMatch(column -> ReferenceText.rowUnit(cells.get(column)) != null));
            boolean repeated = lines.subList(0, i).contains(line);
            if (!unitsRow && !repeated && hasNumberBelow(lines, i, named, delimiter)) {
                candidates.add(i);
                rpmColumns.add(named);
            }
        }
        int best = -1;
        int most = -1;
        for (int c = 0; c < candidates.size(); c++) {
            int from = candidates.get(c);
            int to = c + 1 < candidates.size() ? candidates.get(c + 1) : lines.size();
            char delimiter = spaces ? SPACES : ReferenceText.delimiter(lines.get(from));
            int rows = 0;
            for (String line : lines.subList(from + 1, to)) {
                rows += hasNumber(cells(line, delimiter), rpmColumns.get(c), delimiter) ? 1 : 0;
            }
            if (rows > most) {
                most = rows;
                best = from;
            }
        }
        return best >= 0 ? best : Math.max(wide, 0);
    }

    private static boolean hasNumberBelow(List<String> lines, int header, List<Integer> columns, char delimiter) {
        List<String> headers = cells(lines.get(header), delimiter);
        int seen = 0;
        for (int i = header + 1; i < lines.size() && seen < 20; i++) {
            List<String> cells = cells(lines.get(i), delimiter);
            boolean section = ReferenceText.trim(lines.get(i)).matches("\\[.*\\]");
            if (section || i == header + 1 && isUnitsRow(headers, cells, delimiter)) {
                continue;
            }
            seen++;
            if (hasNumber(cells, columns, delimiter)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasNumber(List<String> cells, List<Integer> columns, char delimiter) {
        return columns.stream()
                .anyMatch(column -> column < cells.size()
                        && !Double.isNaN(ReferenceText.number(cells.get(column), delimiter == ';')));
    }

    private static boolean isUnitsRow(List<String> headers, List<String> cells, char delimiter) {
        long known = cells.stream()
                .filter(cell -> ReferenceText.rowUnit(cell) != null)
                .count();
        if (known == 0 || known * 3 < cells.size()) {
            return false;
        }
        ReferenceColumns columns = new ReferenceColumns(ReferenceColumns.format(String.join(",", headers)), headers);
        new ReferenceSearch(columns, List.of(), ignored -> false).run(Map.of());
        List<Integer> numbers = new ArrayList<>();
        for (Channel channel : List.of(Channel.RPM, Channel.MAP_KPA)) {
            if (columns.has(channel)) {
                numbers.add(columns.found.get(channel));
            }
        }
        return !hasNumber(cells, numbers, delimiter);
    }
}
