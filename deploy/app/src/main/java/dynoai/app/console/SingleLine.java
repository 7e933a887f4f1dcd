package dynoai.app.console;

import java.util.regex.Pattern;

/**
 * Text on one line of a terminal or a log. Headers, file names and metadata of logs may contain terminal controls, line breaks
 * that forge a line, and characters that change the writing direction.
 */
public final class SingleLine {
    public static final String REPLACEMENT = "?";

    /** A regular expression for the characters that are replaced: all controls but tab. */
    public static final String REPLACED = "[\0-\10\12-\37\177-\237\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]";

    private static final Pattern PATTERN = Pattern.compile(REPLACED);

    private SingleLine() {}

    public static String of(String text) {
        return PATTERN.matcher(text).replaceAll(REPLACEMENT);
    }
}
