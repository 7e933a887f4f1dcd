package dynoai.ingest.log;

import dynoai.schemas.log.Refusal;

/** A log that cannot be analysed at all; the refusal says why, where, and what would be accepted. */
public final class LogRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public LogRejectedException(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
