package dynoai.schemas.wire;

/**
 * Thrown for a record whose schema is not published. Its reader sends it to the topic of dead letters, from where it can be
 * replayed once the schema is published.
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

    /** Returns a fingerprint as in messages and as the key of a published schema. */
    public static String text(long fingerprint) {
        return String.format(java.util.Locale.ROOT, "%016x", fingerprint);
    }
}
