package dynoai.schemas.log;

import java.util.List;
import java.util.Locale;

/** The names of files that a scan of a folder takes for logs. */
public final class LogName {
    /** The accepted names in words. */
    public static final String ACCEPTED = "*.csv, *.txt, *.log, *.msl and *.tsv";

    private static final List<String> EXTENSIONS = List.of(".csv", ".txt", ".log", ".msl", ".tsv");

    private LogName() {}

    /** Whether a file name, without its folder, is that of a log. */
    public static boolean isLog(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return EXTENSIONS.stream().anyMatch(lower::endsWith);
    }
}
