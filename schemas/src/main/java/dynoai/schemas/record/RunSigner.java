package dynoai.schemas.record;

import dynoai.schemas.file.HmacKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Signs starts and results of runs for a store of logs. The ingest signs the start of an attempt, which the analyzer copies into
 * the outcome, and the exporter signs the result. The signed text is independent of the schemas' version.
 */
public final class RunSigner {
    private final HmacKey key;
    private final String storeId;

    /** @param storeId id of the store that has the key and the logs */
    public RunSigner(HmacKey key, String storeId) {
        this.key = key;
        this.storeId = storeId;
    }

    public RunStarted sign(RunStarted run, int attempt) {
        return run.sentFrom(storeId, signature(run, attempt));
    }

    /** Whether the run's log is in another store. */
    public boolean isOfOtherStore(RunStarted run) {
        return !run.storeId().isEmpty() && !run.storeId().equals(storeId);
    }

    /** Whether an ingest with this key sent the run under this attempt. */
    public boolean isSigned(RunStarted run, int attempt) {
        return equal(signature(run, attempt), run.signature());
    }

    public RunResult sign(RunResult result) {
        return result.withSignature(signature(result));
    }

    /** Whether an exporter with this key made the result. */
    public boolean isSigned(RunResult result) {
        return equal(signature(result), result.signature());
    }

    private String signature(RunStarted run, int attempt) {
        StringBuilder text = text(
                "run-started",
                run.shop(),
                run.runId(),
                attempt,
                run.sha256(),
                run.sizeBytes(),
                run.cell(),
                run.fileName(),
                run.originalPath(),
                run.ingestedAtMillis());
        append(text, run.options());
        append(text, run.optionFiles());
        return hmac(text);
    }

    private String signature(RunResult result) {
        return hmac(text(
                "run-result",
                result.key().shop(),
                result.key().runId(),
                result.attempt(),
                result.inputSha256(),
                result.ok(),
                result.code(),
                result.message(),
                result.folder(),
                result.fingerprint()));
    }

    private static StringBuilder text(Object... fields) {
        StringBuilder text = new StringBuilder(512);
        for (Object field : fields) {
            append(text, String.valueOf(field));
        }
        return text;
    }

    private static void append(StringBuilder text, Map<String, String> fields) {
        append(text, Integer.toString(fields.size()));
        new TreeMap<>(fields).forEach((name, value) -> List.of(name, value).forEach(one -> append(text, one)));
    }

    /** The length keeps fields apart. */
    private static void append(StringBuilder text, String field) {
        text.append(field.length()).append(':').append(field);
    }

    private String hmac(StringBuilder text) {
        return HexFormat.of().formatHex(key.sign(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean equal(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.US_ASCII));
    }
}
