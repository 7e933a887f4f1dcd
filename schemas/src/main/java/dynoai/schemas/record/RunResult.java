package dynoai.schemas.record;

/**
 * The run folder is there, of a run that succeeded or failed.
 *
 * @param lastStage as in the manifest
 * @param code why it failed; empty when ok
 * @param folder the run folder, relative to the folder of runs
 * @param fingerprint the manifest's fingerprint; empty when not ok
 */
public record RunResult(
        RunKey key,
        String cell,
        int attempt,
        String fileName,
        String inputSha256,
        boolean ok,
        String lastStage,
        String code,
        String message,
        String folder,
        String fingerprint,
        String mathVersion,
        long rowsRead,
        int binsCovered,
        long frontAccepted,
        long rearAccepted,
        long ingestedAtMillis,
        long completedAtMillis) {}
