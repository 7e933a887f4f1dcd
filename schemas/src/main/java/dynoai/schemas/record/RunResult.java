package dynoai.schemas.record;

/**
 * How a run ended: its run folder is published, or it failed.
 *
 * @param lastStage as in the manifest
 * @param code name of a {@link dynoai.schemas.run.FailureCode}; empty when ok
 * @param folder the run folder, relative to the folder of runs, or empty
 * @param fingerprint the manifest's fingerprint; empty when not ok
 * @param signature as of {@link RunSigner}; empty if the run's start is unknown, and in records of versions before 1.1
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
        long completedAtMillis,
        String signature) {

    RunResult withSignature(String signed) {
        return new RunResult(
                key,
                cell,
                attempt,
                fileName,
                inputSha256,
                ok,
                lastStage,
                code,
                message,
                folder,
                fingerprint,
                mathVersion,
                rowsRead,
                binsCovered,
                frontAccepted,
                rearAccepted,
                ingestedAtMillis,
                completedAtMillis,
                signed);
    }
}
