package dynoai.schemas.record;

import java.util.Map;

/**
 * A record of the ingest's ledger, its memory across restarts. The latest entry of a key counts. The permitted types are in the
 * order of the schema's union; without the clause the compiler decides on it.
 */
public sealed interface LedgerEntry permits LedgerEntry.Run, LedgerEntry.RootOwner {
    /** The entry's key on the ledger. */
    String key();

    /**
     * A run and what identifies it.
     *
     * @param identity hash of shop, log and canonical options; equal for duplicates
     * @param options as in {@link RunStarted}
     */
    record Run(
            String identity,
            String shop,
            String sha256,
            Map<String, String> options,
            Map<String, String> optionFiles,
            String runId,
            int attempt,
            String fileName,
            long ingestedAtMillis)
            implements LedgerEntry {
        @Override
        public String key() {
            return "run/" + shop + '/' + identity;
        }
    }

    /** The node that reads a drop folder. Of two owners, the one with the higher generation counts. */
    record RootOwner(String rootId, String node, long generation, long sinceMillis) implements LedgerEntry {
        @Override
        public String key() {
            return "root/" + rootId;
        }
    }
}
