package dynoai.exporter.ve.factor;

/** An apply, rollback or history that failed before anything was written. */
public final class VeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The reason, for programs. */
    public enum Reason {
        /** The request is invalid or unsafe, or a table is unreadable. */
        INVALID_ARGUMENTS,
        FILE_NOT_FOUND,
        /** A file differs from its recorded hash. */
        HASH_MISMATCH,
        /** Metadata or a manifest is invalid, or names a file outside the allowed folders. */
        INVALID_METADATA,
        /** Another apply or rollback is writing the same file. */
        BUSY
    }

    private final Reason reason;

    public VeException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    public static VeException arguments(String message) {
        return new VeException(Reason.INVALID_ARGUMENTS, message);
    }

    public static VeException metadata(String message) {
        return new VeException(Reason.INVALID_METADATA, message);
    }

    public static VeException hash(String what, String recorded, String found) {
        return new VeException(
                Reason.HASH_MISMATCH,
                what + " is not the one that was recorded: its SHA-256 is " + found + ", recorded is " + recorded);
    }
}
