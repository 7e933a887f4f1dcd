package dynoai.schemas.record;

/**
 * A log that made no run, and why.
 *
 * @param sha256 empty when the log could not be read
 * @param code name of a {@link dynoai.schemas.run.FailureCode}
 * @param line from 1; 0 where no line is to blame
 * @param runId under which the log was claimed; empty when an older ingest did not tell
 */
public record RejectedLog(
        String shop,
        String cell,
        String fileName,
        String originalPath,
        String sha256,
        long sizeBytes,
        String code,
        long line,
        String column,
        String found,
        String accepted,
        String message,
        String hint,
        long rejectedAtMillis,
        String runId) {

    /** The record's key on its topic. */
    public String key() {
        return shop + '/' + (sha256.isEmpty() ? originalPath : sha256);
    }
}
