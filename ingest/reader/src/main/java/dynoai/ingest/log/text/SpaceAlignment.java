package dynoai.ingest.log.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The columns of a Dynojet text report, which are set with runs of two or more spaces. A line with as many cells as the header is
 * cut with tabs; another one stays whole, since nothing says which of its cells is missing. Rules of dashes and lines of extremes
 * become blank. No byte moves.
 *
 * @param columns cells of the header line; 0 for any number
 */
record SpaceAlignment(int columns) {
    static final char DELIMITER = '\t';

    /** Cuts a line into any number of cells in place, and returns their number. */
    static int cut(byte[] line) {
        new SpaceAlignment(0).cutLine(line, 0, line.length);
        int cells = 1;
        for (byte c : line) {
            cells += c == DELIMITER ? 1 : 0;
        }
        return cells;
    }

    /** Cuts lines in place. */
    void cut(byte[] bytes, int from, int to) {
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || bytes[i] == '\n' || bytes[i] == '\r') {
                cutLine(bytes, start, i);
                start = i + 1;
            }
        }
    }

    private void cutLine(byte[] bytes, int lineFrom, int lineTo) {
        int from = lineFrom;
        int to = lineTo;
        while (from < to && AsciiText.isSpace(bytes[from])) {
            from++;
        }
        while (to > from && AsciiText.isSpace(bytes[to - 1])) {
            to--;
        }
        if (isSkipped(bytes, from, to)) {
            Arrays.fill(bytes, from, to, (byte) ' ');
            return;
        }
        int cells = cells(bytes, from, to);
        boolean cuts = cells > 0 && (columns == 0 || cells == columns);
        for (int i = from; i < to; i++) {
            int end = gapEnd(bytes, i, to);
            if (end > i + 1 && cuts) {
                bytes[end - 1] = DELIMITER;
            } else if (bytes[i] == DELIMITER) {
                bytes[i] = ' ';
            }
            i = Math.max(i, end - 1);
        }
        // What was trimmed must not look like a cell.
        Arrays.fill(bytes, lineFrom, from, (byte) ' ');
        Arrays.fill(bytes, to, lineTo, (byte) ' ');
    }

    /** Returns the number of cells; 0 for a line with a tab, whose cells are not set with spaces alone. */
    private static int cells(byte[] bytes, int from, int to) {
        int cells = 1;
        for (int i = from; i < to; i++) {
            if (bytes[i] == DELIMITER) {
                return 0;
            }
            int end = gapEnd(bytes, i, to);
            if (end > i) {
                cells += end - i > 1 ? 1 : 0;
                i = end - 1;
            }
        }
        return cells;
    }

    /** Returns the end of the spaces that begin at an index, or the index. */
    private static int gapEnd(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] == ' ') {
            end++;
        }
        return end;
    }

    /** Whether a line is a rule of dashes, or the highest or lowest values of the columns. */
    private static boolean isSkipped(byte[] bytes, int from, int to) {
        String start = new String(bytes, from, Math.min(4, to - from), StandardCharsets.ISO_8859_1);
        if (start.equals("Max:") || start.equals("Min:")) {
            return true;
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] != '-' && bytes[i] != ' ') {
                return false;
            }
        }
        return true;
    }
}
