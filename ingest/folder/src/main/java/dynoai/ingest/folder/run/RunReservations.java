package dynoai.ingest.folder.run;

import dynoai.ingest.folder.claim.RunIdentity;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The identities of the runs that the ingests of this process have decided to send. A run reserves its identity before the
 * ledger is read and keeps it until its log is archived, so that the look-up and the sending are one decision. Thread-safe.
 */
final class RunReservations {
    private final Map<RunIdentity, String> runs = new HashMap<>();
    private final Map<String, RunIdentity> identities = new HashMap<>();

    /** Reserves an identity for a run. Returns the other run that has it, if any. */
    synchronized Optional<String> reserve(RunIdentity identity, String runId) {
        if (!identity.equals(identities.get(runId))) {
            release(runId);
        }
        String holder = runs.putIfAbsent(identity, runId);
        if (holder != null && !holder.equals(runId)) {
            return Optional.of(holder);
        }
        identities.put(runId, identity);
        return Optional.empty();
    }

    synchronized void release(String runId) {
        RunIdentity identity = identities.remove(runId);
        if (identity != null) {
            runs.remove(identity);
        }
    }
}
