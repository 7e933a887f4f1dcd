package dynoai.ingest.log;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text rules of the specification, written a second time as plainly as possible: whole file in memory, strings,
 * {@link Double#parseDouble}. Slow on purpose; it is the referee, not the reader.
 */
final class ReferenceText {
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]++\\.?[0-9]*+|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?");
    private static final String WHITE_SPACE = " \t\n\r\u000B\f";

    private ReferenceText() {}

    record Decoded(String text, String encoding) {}

    /** Returns the bytes of the text: UTF-16 with a byte order mark as UTF-8, anything else as it is. */
    static byte[] textBytes(byte[] bytes) {
        Charset utf16 = utf16(bytes);
        return utf16 == null ? bytes : new String(bytes, 2, bytes.length - 2, utf16).getBytes(StandardCharsets.UTF_8);
    }

    private static Charset utf16(byte[] bytes) {
        if (bytes.length < 2) {
            return null;
        }
        if (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        return bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE ? StandardCharsets.UTF_16LE : null;
    }

    static Decoded decode(byte[] log) {
        byte[] bytes = textBytes(log);
        Decoded decoded = decodeBytes(bytes);
        Charset utf16 = utf16(log);
        return utf16 == null ? decoded : new Decoded(decoded.text(), utf16.name());
    }

    private static Decoded decodeBytes(byte[] bytes) {
        int from = bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF
                ? 3
                : 0;
        ByteBuffer body = ByteBuffer.wrap(bytes, from, bytes.length - from);
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(body.duplicate());
            return new Decoded(text.toString(), "UTF-8");
        } catch (CharacterCodingException e) {
            return new Decoded(Charset.forName("windows-1252").decode(body).toString(), "windows-1252");
        }
    }

    /** Lines that are more than white space. */
    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\r\n|\n|\r", -1)) {
            if (!trim(line).isEmpty()) {
                lines.add(line);
            }
        }
        return lines;
    }

    static char delimiter(String headerLine) {
        char best = ',';
        for (char candidate : new char[] {'\t', ';'}) {
            if (count(headerLine, candidate) > count(headerLine, best)) {
                best = candidate;
            }
        }
        return best;
    }

    static List<String> cells(String line, char delimiter) {
        List<String> cells = new ArrayList<>();
        int at = 0;
        while (true) {
            StringBuilder cell = new StringBuilder();
            if (at < line.length() && line.charAt(at) == '"') {
                at++;
                while (at < line.length()) {
                    char c = line.charAt(at++);
                    if (c != '"') {
                        cell.append(c);
                    } else if (at < line.length() && line.charAt(at) == '"') {
                        cell.append('"');
                        at++;
                    } else {
                        break;
                    }
                }
            }
            while (at < line.length() && line.charAt(at) != delimiter) {
                cell.append(line.charAt(at++));
            }
            cells.add(cell.toString());
            if (at == line.length()) {
                return cells;
            }
            at++;
        }
    }

    /** Cells of a line whose columns are set with spaces. */
    static List<String> spacedCells(String line) {
        return List.of(trim(line).split(" {2,}"));
    }

    /** Returns the unit in a cell of a units row, or null. */
    static @Nullable String rowUnit(String cell) {
        String text = trim(cell);
        if (text.matches("\\(.*\\)|\\[.*\\]")) {
            text = trim(text.substring(1, text.length() - 1));
        }
        boolean letter = text.length() == 1 && Character.isLetter(text.charAt(0));
        return letter && "vcfsλφ".indexOf(Character.toLowerCase(text.charAt(0))) < 0
                ? null
                : ReferenceHeader.unitOf(text);
    }

    /** Returns the number in a cell, or NaN. */
    static double number(String cell, boolean decimalComma) {
        String text = trim(cell);
        if (decimalComma && count(text, ',') == 1 && count(text, '.') == 0) {
            text = text.replace(',', '.');
        }
        if (!NUMBER.matcher(text).matches()) {
            return Double.NaN;
        }
        double number = Double.parseDouble(text);
        return Double.isInfinite(number) ? Double.NaN : number;
    }

    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && WHITE_SPACE.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && WHITE_SPACE.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    private static int count(String text, char wanted) {
        return (int) text.chars().filter(c -> c == wanted).count();
    }
}
