package dynoai.ingest.log;

import dynoai.schemas.log.LogFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The first non-blank line of a log, split into columns. */
final class HeaderLine {
    private static final List<String> POWERVISION =
            List.of("(harley - ecu", "(pv) engine speed", "(dwr cpu) torque", "(pv) wbo2 afr front");
    private static final List<String> GENERIC = List.of("engspeed (rpm)", "afr measured", "time (s)", "throttle (%)");
    private static final List<String> WINPEP =
            List.of("timestamp", "rpm", "map", "kpa", "afr cmd", "afr meas", "knock");

    private final String text;
    private final char delimiter;
    private final List<String> columns;

    HeaderLine(String text) {
        this.text = text;
        this.delimiter = mostFrequentDelimiter(text);
        this.columns = split(text, delimiter);
    }

    char delimiter() {
        return delimiter;
    }

    /** Returns the unquoted headers in file order, not trimmed. */
    List<String> columns() {
        return columns;
    }

    /** Returns the format with the most markers in the line; in a tie, the more specific one. */
    LogFormat format() {
        String marked = text.toLowerCase(Locale.ROOT).replace('\t', ',').replace(';', ',');
        int powervision = score(marked, POWERVISION);
        int generic = score(marked, GENERIC);
        int winpep = score(marked, WINPEP);
        if (powervision == 0 && generic == 0 && winpep == 0) {
            return LogFormat.UNKNOWN;
        }
        if (powervision >= generic && powervision >= winpep) {
            return LogFormat.POWERVISION;
        }
        return generic >= winpep ? LogFormat.GENERIC : LogFormat.WINPEP;
    }

    private static int score(String line, List<String> markers) {
        int score = 0;
        for (String marker : markers) {
            if (line.contains(marker)) {
                score++;
            }
        }
        return score;
    }

    private static char mostFrequentDelimiter(String line) {
        char best = ',';
        long most = -1;
        for (char candidate : new char[] {',', '\t', ';'}) {
            long count = line.chars().filter(c -> c == candidate).count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    private static List<String> split(String line, char delimiter) {
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
