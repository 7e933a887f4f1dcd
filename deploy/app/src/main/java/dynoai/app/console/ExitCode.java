package dynoai.app.console;

/** What a command's exit code means; {@code ve} has its own meaning for 3 and 4. */
public final class ExitCode {
    public static final int SUCCESS = 0;
    public static final int INVALID_ARGUMENTS = 1;
    public static final int FILE_NOT_FOUND = 2;
    public static final int INVALID_CSV = 3;

    /** A log whose units are suspect, a table that does not fit, or two things that should be equal and are not. */
    public static final int VALIDATION_ERROR = 4;

    /** Anything else: a full disk, a bug. */
    public static final int OTHER = 5;

    /** Ended by Ctrl-C, as shells count it. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
