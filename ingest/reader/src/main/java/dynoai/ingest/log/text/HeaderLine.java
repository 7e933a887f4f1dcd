package dynoai.ingest.log.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The header line of a log, split into columns. */
public final class HeaderLine {
    private final char delimiter;
    private final List<String> columns;

    public HeaderLine(String text) {
        this.delimiter = mostFrequentDelimiter(text);
        this.columns = split(text, delimiter);
    }

    public char delimiter() {
        return delimiter;
    }

    /** Returns the unquoted headers in file order, not trimmed. */
    public List<String> columns() {
        return columns;
    }

    private static char mostFrequentDelimiter(String line) {
        char best = ',';
        long most = -1;
        for (char candidate : new char[] {',', '\t', ';'}) {
            int count = 0;
            for (int at = line.indexOf(candidate); at >= 0; at = line.indexOf(candidate, at + 1)) {
                count++;
            }
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    static List<String> split(String line, char delimiter) {
        List<String> cells = new ArrayList<>();
        int at = 0;
        while (true) {
            StringBuilder cell = new StringBuilder();
            if (at < line.length() && line.charAt(at) == '"') {
                at = unquote(line, at + 1, cell);
            }
            int end = line.indexOf(delimiter, at);
            cell.append(line, at, end < 0 ? line.length() : end);
            cells.add(cell.toString());
            if (end < 0) {
                return cells;
            }
            at = end + 1;
        }
    }

    /** Returns the cells of some columns of a line, in the order of the line; fewer if it is shorter. */
    static List<String> cells(String line, char delimiter, List<Integer> columns) {
        int last = Collections.max(columns);
        List<String> cells = new ArrayList<>();
        int at = 0;
        for (int column = 0; column <= last && at >= 0; column++) {
            boolean quoted = at < line.length() && line.charAt(at) == '"';
            StringBuilder cell = quoted ? new StringBuilder() : null;
            int from = cell == null ? at : unquote(line, at + 1, cell);
            int end = line.indexOf(delimiter, from);
            if (columns.contains(column)) {
                String rest = line.substring(from, end < 0 ? line.length() : end);
                cells.add(cell == null ? rest : cell + rest);
            }
            at = end < 0 ? -1 : end + 1;
        }
        return cells;
    }

    /** Appends the text inside the quotes and returns the index after the closing one. */
    private static int unquote(String line, int from, StringBuilder cell) {
        int at = from;
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '"') {
                if (at == line.length() || line.charAt(at) != '"') {
                    return at;
                }
                at++;
            }
            cell.append(c);
        }
        return at;
    }
}
