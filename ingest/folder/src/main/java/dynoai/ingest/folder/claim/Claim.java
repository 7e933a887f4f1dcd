package dynoai.ingest.folder.claim;

import dynoai.schemas.log.Rejection;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A file claimed as a run: everything that must survive a crash, kept as {@code run.yaml} next to the claimed log.
 *
 * @param original path of the dropped log relative to the drop folder, with slashes
 * @param name the log's file name
 * @param size in bytes
 * @param sha256 of the log; empty until it is read
 * @param options with defaults filled in
 * @param optionFiles sha256 of each file that an option names, by the option's key
 * @param rejection why the options were rejected
 * @param attempt number of the latest sending, or 0 before the first
 * @param force run it even if it is a duplicate
 * @param duplicateOf the earlier run with the same identity, or empty
 */
public record Claim(
        String runId,
        String shop,
        String cell,
        String original,
        String name,
        long size,
        String sha256,
        AnalysisOptions options,
        Map<String, String> optionFiles,
        Optional<Rejection> rejection,
        int attempt,
        boolean force,
        Instant claimedAt,
        String duplicateOf) {

    public Claim read(long bytes, String hash) {
        return with(bytes, hash, attempt, duplicateOf);
    }

    /** Drops what was read, because the log changed since. */
    public Claim unread() {
        return with(size, "", attempt, duplicateOf);
    }

    public Claim nextAttempt() {
        return with(size, sha256, attempt + 1, duplicateOf);
    }

    public Claim duplicateOf(String other) {
        return with(size, sha256, attempt, other);
    }

    private Claim with(long newSize, String newSha256, int newAttempt, String newDuplicateOf) {
        return new Claim(
                runId,
                shop,
                cell,
                original,
                name,
                newSize,
                newSha256,
                options,
                optionFiles,
                rejection,
                newAttempt,
                force,
                claimedAt,
                newDuplicateOf);
    }

    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("run_id", runId);
        map.put("shop", shop);
        map.put("cell", cell);
        map.put("original", original);
        map.put("name", name);
        map.put("size", size);
        map.put("sha256", sha256);
        map.put("attempt", attempt);
        map.put("force", force);
        map.put("claimed_at", claimedAt.toString());
        map.put("duplicate_of", duplicateOf);
        map.put("options", options.toTexts());
        map.put("option_files", optionFiles);
        rejection.ifPresent(why -> map.put("refused", why.toMap()));
        return map;
    }

    /** @throws IllegalArgumentException if the map is not a claim */
    public static Claim ofMap(Map<?, ?> map) {
        try {
            return new Claim(
                    text(map, "run_id"),
                    text(map, "shop"),
                    text(map, "cell"),
                    text(map, "original"),
                    text(map, "name"),
                    number(map, "size"),
                    text(map, "sha256"),
                    AnalysisOptions.of(texts(map, "options")),
                    texts(map, "option_files"),
                    map.get("refused") instanceof Map<?, ?> refused
                            ? Optional.of(Rejection.ofMap(refused))
                            : Optional.empty(),
                    (int) number(map, "attempt"),
                    Boolean.parseBoolean(text(map, "force")),
                    Instant.parse(text(map, "claimed_at")),
                    text(map, "duplicate_of"));
        } catch (InvalidOptionException | RuntimeException e) {
            throw new IllegalArgumentException("not a valid run.yaml: " + e.getMessage(), e);
        }
    }

    private static String text(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : value.toString();
    }

    private static long number(Map<?, ?> map, String key) {
        return map.get(key) instanceof Number number ? number.longValue() : 0;
    }

    private static Map<String, String> texts(Map<?, ?> map, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (map.get(key) instanceof Map<?, ?> inner) {
            inner.forEach((name, value) -> texts.put(name.toString(), value.toString()));
        }
        return texts;
    }
}
