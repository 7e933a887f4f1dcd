package dynoai.schemas.wire;

/**
 * A record whose schema is not published yet. The record itself may be sound, so the reader waits, then stops, and never
 * skips it.
 */
public final class UnknownSchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long fingerprint;

    public UnknownSchemaException(long fingerprint, String message) {
        super(message);
        this.fingerprint = fingerprint;
    }

    public long fingerprint() {
        return fingerprint;
    }

    /** A fingerprint as it stands in messages and as the key of a published schema. */
    public static String text(long fingerprint) {
        return String.format(java.util.Locale.ROOT, "%016x", fingerprint);
    }
}
