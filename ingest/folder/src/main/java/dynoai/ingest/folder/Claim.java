package dynoai.ingest.folder;

import dynoai.schemas.log.Rejection;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One file taken as one run: everything that must survive a crash, kept as {@code run.yaml} beside the claimed log.
 *
 * @param original where the log lay, relative to the drop folder, with slashes
 * @param name the log's file name
 * @param size bytes, as claimed
 * @param sha256 of the log; empty until it was read
 * @param options resolved
 * @param optionFiles sha256 of each file that an option names, by the option's key
 * @param refused why the options were refused
 * @param attempt how often the run has been, or is about to be, sent; 0 before the first time
 * @param force run it even if the same was a run before
 * @param duplicateOf the run that had the same identity; empty when there is none
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
        Optional<Rejection> refused,
        int attempt,
        boolean force,
        Instant claimedAt,
        String duplicateOf) {

    Claim read(long bytes, String hash) {
        return with(bytes, hash, attempt, duplicateOf);
    }

    /** What was read does not hold any more. */
    Claim unread() {
        return with(size, "", attempt, duplicateOf);
    }

    Claim nextAttempt() {
        return with(size, sha256, attempt + 1, duplicateOf);
    }

    Claim duplicateOf(String other) {
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
                refused,
                newAttempt,
                force,
                claimedAt,
                newDuplicateOf);
    }

    Map<String, Object> toMap() {
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
        refused.ifPresent(why -> map.put("refused", why.toMap()));
        return map;
    }

    /** @throws IllegalArgumentException when the map is no claim; the message says why */
    static Claim ofMap(Map<?, ?> map) {
        ClaimFields fields = new ClaimFields(map);
        try {
            return new Claim(
                    fields.text("run_id"),
                    fields.text("shop"),
                    fields.text("cell"),
                    fields.text("original"),
                    fields.text("name"),
                    fields.number("size"),
                    fields.text("sha256"),
                    AnalysisOptions.of(fields.texts("options")),
                    fields.texts("option_files"),
                    fields.map("refused").map(Rejection::ofMap),
                    (int) fields.number("attempt"),
                    Boolean.parseBoolean(fields.text("force")),
                    Instant.parse(fields.text("claimed_at")),
                    fields.text("duplicate_of"));
        } catch (InvalidOptionException | RuntimeException broken) {
            throw new IllegalArgumentException("no valid run.yaml: " + broken.getMessage(), broken);
        }
    }
}
