package dynoai.app.console;

import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Exit codes of commands; {@code ve} has its own meaning for 3 and 4. */
public final class ExitCode {
    public static final int SUCCESS = 0;
    public static final int INVALID_ARGUMENTS = 1;
    public static final int FILE_NOT_FOUND = 2;
    public static final int INVALID_CSV = 3;

    /** Suspect units, a table that does not fit, or two things that should be equal and are not. */
    public static final int VALIDATION_ERROR = 4;

    /** Any other error: a full disk, a bug. */
    public static final int OTHER = 5;

    /** Interrupted by Ctrl-C, as shells count it. */
    public static final int INTERRUPTED = 130;

    public static final int VE_HASH_MISMATCH = 3;
    public static final int VE_INVALID_METADATA = 4;

    private ExitCode() {}

    /** Returns the codes of a command with their meanings for its help: those of every command, and its own. */
    public static SortedMap<String, String> described(Map<String, String> own) {
        SortedMap<String, String> all = new TreeMap<>(Comparator.comparingInt(Integer::parseInt));
        all.put("0", "success");
        all.put("1", "invalid arguments");
        all.put("2", "file not found");
        all.put("5", "any other error");
        all.putAll(own);
        return all;
    }
}
