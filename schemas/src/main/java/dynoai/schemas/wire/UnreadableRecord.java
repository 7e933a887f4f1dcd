package dynoai.schemas.wire;

/** Bytes that are no record: damaged, cut off, or never ours. */
public final class UnreadableRecord extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreadableRecord(String message) {
        super(message);
    }

    public UnreadableRecord(String message, Throwable cause) {
        super(message, cause);
    }
}
