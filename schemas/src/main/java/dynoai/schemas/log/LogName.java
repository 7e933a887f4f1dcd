package dynoai.schemas.log;

import dynoai.schemas.file.UnsafePathException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The names of logs. */
public final class LogName {
    /** The accepted names in words. */
    public static final String ACCEPTED = "*.csv, *.txt, *.log, *.msl and *.tsv";

    private static final List<String> EXTENSIONS = List.of(".csv", ".txt", ".log", ".msl", ".tsv");

    /** Leaves room for the sidecar's suffix, a number and a run id. */
    private static final int MAX_BYTES = 200;

    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
    private static final String NOT_PORTABLE = "/\\:*?\"<>|";

    private LogName() {}

    /**
     * Checks the name of a log that another program sends.
     *
     * @throws UnsafePathException if it is not the name of a log on every system
     */
    public static void check(String name) throws UnsafePathException {
        if (!isLog(name)) {
            throw new UnsafePathException(name, "a log is named " + ACCEPTED);
        }
        if (name.startsWith(".") || name.startsWith(" ")) {
            throw new UnsafePathException(name, "it begins with a dot or a space");
        }
        if (name.chars().anyMatch(c -> Character.isISOControl(c) || NOT_PORTABLE.indexOf(c) >= 0)) {
            throw new UnsafePathException(name, "it contains a control character or one of " + NOT_PORTABLE);
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new UnsafePathException(name, "it is longer than " + MAX_BYTES + " bytes");
        }
        if (DEVICE.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
            throw new UnsafePathException(name, "it is the name of a device on Windows");
        }
    }

    /** Whether a file name, without its folder, is that of a log. */
    public static boolean isLog(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return EXTENSIONS.stream().anyMatch(lower::endsWith);
    }
}
