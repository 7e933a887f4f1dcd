package dynoai.ingest.folder.claim;

import dynoai.ingest.folder.scan.DropLayout;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.ingest.folder.scan.OptionFiles;
import dynoai.schemas.log.LogName;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.option.Option;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.RunId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file claimed as a run: everything that must survive a crash, kept as {@code run.yaml} next to the claimed log.
 *
 * @param bike the bike on the dyno: of {@code vehicle} in the option files, else of the folder; empty if neither names one
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
        String bike,
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
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
    private static final int MAX_TEXT_CHARACTERS = 1000;

    /** Returns the run's key on topics. */
    public RunKey key() {
        return new RunKey(shop, runId);
    }

    /**
     * Returns the path by which records and manifests name the log: where it was dropped, or, of a log with a bike,
     * {@code shop/cell/bike/LOG}, wherever the bike was named.
     */
    public String place() {
        return bike.isEmpty() ? original : String.join("/", shop, cell, bike, name);
    }

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
                bike,
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
        if (!bike.isEmpty()) {
            map.put("bike", bike);
        }
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

    /**
     * Reads what {@link #toMap} wrote. The fields are checked like names from outside, since all who drop logs may write
     * a claim: the names lead nowhere but to the folders of the run and of the log.
     *
     * @throws IllegalArgumentException if the map is not a claim
     */
    public static Claim ofMap(Map<?, ?> map) {
        try {
            Claim claim = new Claim(
                    text(map, "run_id"),
                    text(map, "shop"),
                    text(map, "cell"),
                    text(map, "bike"),
                    text(map, "original"),
                    text(map, "name"),
                    number(map, "size"),
                    text(map, "sha256"),
                    AnalysisOptions.of(texts(map, "options")),
                    texts(map, "option_files"),
                    map.get("refused") instanceof Map<?, ?> refused
                            ? Optional.of(Rejection.ofMap(refused))
                            : Optional.empty(),
                    Math.toIntExact(number(map, "attempt")),
                    Boolean.parseBoolean(text(map, "force")),
                    Instant.parse(text(map, "claimed_at")),
                    text(map, "duplicate_of"));
            claim.check();
            return claim;
        } catch (InvalidOptionException | RuntimeException e) {
            throw new IllegalArgumentException("not a valid run.yaml: " + bounded(e.getMessage()), e);
        }
    }

    private void check() {
        require(RunId.isValid(runId), "run_id");
        require(RunId.isValid(shop), "shop");
        require(RunId.isValid(cell), "cell");
        require(bike.isEmpty() || RunId.isValid(bike), "bike");
        require(isLogName(name), "name");
        require(isPlaceOfLog(List.of(original.split("/", -1))), "original");
        require(size >= 0, "size");
        require(sha256.isEmpty() || HASH.matcher(sha256).matches(), "sha256");
        require(attempt >= 0, "attempt");
        require(!claimedAt.isBefore(Instant.EPOCH) && claimedAt.isBefore(LATEST), "claimed_at");
        require(duplicateOf.isEmpty() || RunId.isValid(duplicateOf), "duplicate_of");
        optionFiles.forEach((key, hash) -> {
            require(OptionFiles.TABLES.contains(Option.ofKey(key)), "option_files");
            require(HASH.matcher(hash).matches(), "option_files");
        });
    }

    private static boolean isLogName(String name) {
        return LogName.isLog(name)
                && !name.startsWith(".")
                && !name.contains("/")
                && Path.of(name).getNameCount() == 1;
    }

    /** Whether a path is a place of this log, of its shop and cell, in a drop folder of either layout. */
    private boolean isPlaceOfLog(List<String> path) {
        List<String> folders = path.subList(0, path.size() - 1);
        return path.get(folders.size()).equals(name)
                && Stream.of(DropLayout.values()).anyMatch(layout -> layout.isPlaceOf(folders, shop, cell))
                && folders.stream().allMatch(RunId::isValid)
                && !(!folders.isEmpty() && DropRoot.isReserved(folders.get(0)));
    }

    private static void require(boolean valid, String field) {
        if (!valid) {
            throw new IllegalArgumentException(field + " is not valid");
        }
    }

    static String bounded(@Nullable String text) {
        String given = String.valueOf(text);
        return given.length() <= MAX_TEXT_CHARACTERS ? given : given.substring(0, MAX_TEXT_CHARACTERS) + "…";
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
