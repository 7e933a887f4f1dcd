package dynoai.ingest.folder.run;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.RunIdentity;
import dynoai.schemas.record.RunKey;
import java.util.Optional;

/**
 * What the ingests of all drop folders of a process decide together: which run has an identity, and which shop is next.
 * Ingests of other processes have an admission of their own. Thread-safe.
 */
public final class Admission {
    private final RunReservations reservations = new RunReservations();
    private final ShopTurns turns;

    public Admission(ShopTurns.Limits limits) {
        this.turns = new ShopTurns(limits);
    }

    public ShopTurns turns() {
        return turns;
    }

    /** Counts a run that was claimed. One that was sent, or may have been, has its identity. */
    void begin(Claim claim) {
        turns.begin(claim.key(), claim.size());
        if (claim.attempt() > 0) {
            reserve(claim);
        }
    }

    /** Reserves the identity of a run until its log is archived. Returns the other run that has it, if any. */
    Optional<String> reserve(Claim claim) {
        return reservations.reserve(RunIdentity.of(claim), claim.key()).map(RunKey::runId);
    }

    /** Frees the identity of a run that is not sent. */
    void free(Claim claim) {
        reservations.release(claim.key());
    }

    /** Forgets a run whose log is archived. */
    void end(RunKey run) {
        turns.end(run);
        reservations.release(run);
    }
}
