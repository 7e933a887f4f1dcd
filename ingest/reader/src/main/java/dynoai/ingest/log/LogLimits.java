package dynoai.ingest.log;

/** Beyond these a file is no dyno log; they keep the reader's memory bounded whatever it is given. */
public final class LogLimits {
    /** Longest line in bytes, its line end not counted. */
    public static final int LINE_BYTES = 1 << 20;

    /** Most columns a header may name. */
    public static final int COLUMNS = 4096;

    private LogLimits() {}
}
