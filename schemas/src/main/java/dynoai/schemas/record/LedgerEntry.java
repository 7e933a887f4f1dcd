package dynoai.schemas.record;

import java.util.Map;

/** What the ingest remembers across restarts. The latest entry of a key counts. */
public sealed interface LedgerEntry {
    /** The entry's key on the ledger. */
    String key();

    /**
     * This log with these options is this run.
     *
     * @param identity a hash over shop, log and canonical options: equal for what would be the same run
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

    /** Who reads a drop root: of two owners the one with the higher generation. */
    record RootOwner(String rootId, String node, long generation, long sinceMillis) implements LedgerEntry {
        @Override
        public String key() {
            return "root/" + rootId;
        }
    }
}
