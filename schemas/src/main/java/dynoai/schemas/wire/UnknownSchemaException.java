package dynoai.schemas.wire;

/**
 * A record whose schema nobody has published yet. Not the record's fault: whoever meets it waits and then stops, and never
 * skips the record.
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
