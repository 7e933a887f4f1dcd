package dynoai.exporter.ve;

/** An apply, rollback or history that was refused before anything was written. */
public final class VeRefused extends Exception {
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

    VeRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static VeRefused arguments(String message) {
        return new VeRefused(Reason.INVALID_ARGUMENTS, message);
    }

    static VeRefused metadata(String message) {
        return new VeRefused(Reason.INVALID_METADATA, message);
    }

    static VeRefused hash(String what, String recorded, String found) {
        return new VeRefused(
                Reason.HASH_MISMATCH,
                what + " is not the one that was recorded: its SHA-256 is " + found + ", recorded is " + recorded);
    }
}
