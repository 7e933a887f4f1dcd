package dynoai.ingest.log.text;

/** Limits of a dyno log, which bound the memory of the reader. */
public final class LogLimits {
    /** Line length in bytes, without the line end. */
    public static final int MAX_LINE_BYTES = 1 << 20;

    /** Columns of a header. */
    public static final int MAX_COLUMNS = 4096;

    private LogLimits() {}
}
