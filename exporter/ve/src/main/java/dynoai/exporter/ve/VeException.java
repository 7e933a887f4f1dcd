package dynoai.exporter.ve;

/** An apply, rollback or history that was refused before anything was written. */
public final class VeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, for a program. */
    public enum Reason {
        /** The request makes no sense or would be unsafe; also a table that cannot be read. */
        INVALID_ARGUMENTS,
        FILE_NOT_FOUND,
        /** A file is not the one its recorded hash was taken of. */
        HASH_MISMATCH,
        /** Metadata or a manifest that is none, or that leads outside the folders it may name. */
        INVALID_METADATA,
        /** Another apply or rollback is writing the same file. */
        BUSY
    }

    private final Reason reason;

    VeException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static VeException arguments(String message) {
        return new VeException(Reason.INVALID_ARGUMENTS, message);
    }

    static VeException metadata(String message) {
        return new VeException(Reason.INVALID_METADATA, message);
    }

    static VeException hash(String what, String recorded, String found) {
        return new VeException(
                Reason.HASH_MISMATCH,
                what + " is not the one that was recorded: its SHA-256 is " + found + ", recorded is " + recorded);
    }
}
