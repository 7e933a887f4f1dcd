package dynoai.schemas.record;

/**
 * A rejected log and the reason.
 *
 * @param sha256 empty if the log could not be read
 * @param code name of a {@link dynoai.schemas.run.FailureCode}
 * @param line from 1; 0 if the reason concerns no line
 * @param runId of the claim; empty in records of older versions
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
