package dynoai.ingest.folder.run;

import dynoai.ingest.folder.claim.RunIdentity;
import dynoai.schemas.record.RunKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The identities of the runs that the ingests of this process have decided to send. A run reserves its identity before the
 * ledger is read and keeps it until its log is archived, so that the look-up and the sending are one decision. Thread-safe.
 */
final class RunReservations {
    private final Map<RunIdentity, RunKey> runs = new HashMap<>();
    private final Map<RunKey, RunIdentity> identities = new HashMap<>();

    /** Reserves an identity for a run. Returns the other run that has it, if any. */
    synchronized Optional<RunKey> reserve(RunIdentity identity, RunKey run) {
        if (!identity.equals(identities.get(run))) {
            release(run);
        }
        RunKey holder = runs.putIfAbsent(identity, run);
        if (holder != null && !holder.equals(run)) {
            return Optional.of(holder);
        }
        identities.put(run, identity);
        return Optional.empty();
    }

    synchronized void release(RunKey run) {
        RunIdentity identity = identities.remove(run);
        if (identity != null) {
            runs.remove(identity);
        }
    }
}
