package dynoai.schemas.record;

import java.util.Map;

/**
 * An uploaded log that is whole and in the store. It becomes a run, or is rejected.
 *
 * @param runId id of the upload and of its run
 * @param bike empty if the upload names none
 * @param options all options of the analysis, with defaults
 * @param force run it even if it is a duplicate
 */
public record LogAccepted(
        String shop,
        String runId,
        String cell,
        String bike,
        String fileName,
        long sizeBytes,
        String sha256,
        Map<String, String> options,
        boolean force,
        long acceptedAtMillis) {

    public RunKey run() {
        return new RunKey(shop, runId);
    }
}
