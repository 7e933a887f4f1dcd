package dynoai.engine.retention;

import dynoai.exporter.manifest.Manifest;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.schemas.file.ContentPath;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.json.Json;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The folders of an installation with made runs, archived logs, claims and stored logs. */
final class Installation {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Retention.Filter ALL = new Retention.Filter(null, null);

    final Path runs;
    final Path drop;
    final Path store;
    final List<Removal> removed = new ArrayList<>();
    final List<String> stayed = new ArrayList<>();
    final List<String> leftAlone = new ArrayList<>();
    final List<IOException> failed = new ArrayList<>();
    private final ClaimKey key;

    Installation(Path folder) throws IOException {
        runs = Files.createDirectories(folder.resolve("runs"));
        drop = Files.createDirectories(folder.resolve("drop"));
        store = Files.createDirectories(folder.resolve("store"));
        Files.createDirectories(drop.resolve(".work"));
        key = ClaimKey.open(new FolderStore(store), drop.resolve(".work"));
    }

    static Instant daysAgo(long days) {
        return NOW.minus(Duration.ofDays(days));
    }

    /** Stores a log that was used last some days ago. */
    Path stored(String content, long days) throws IOException {
        Path log = ContentPath.of(store, hash(content));
        Files.createDirectories(log.resolveSibling(""));
        if (!Files.exists(log)) {
            Files.writeString(log, content);
        }
        return aged(log, days);
    }

    static String hash(String content) {
        return Sha256.hex(content.getBytes(StandardCharsets.UTF_8));
    }

    static Path aged(Path file, long days) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(daysAgo(days)));
    }

    /** Makes the folder of a successful run of {@code SHOP/CELL/BIKE}; its log is the id. */
    Path run(String place, String id, long days) throws IOException {
        return run(place, id, days, true);
    }

    Path run(String place, String id, long days, boolean ok) throws IOException {
        String shop = place.substring(0, place.indexOf('/'));
        Path folder = (shop.equals("local") ? runs : runs.resolve(shop)).resolve(id);
        Files.createDirectories(folder);
        Path log = folder.resolve("data.csv");
        if (Files.exists(ContentPath.of(store, hash(id)))) {
            Files.createLink(log, ContentPath.of(store, hash(id)));
        } else {
            Files.writeString(log, id);
        }
        Files.writeString(folder.resolve("report.html"), "report");
        Map<String, Object> fields = manifest(id, place + "/" + id + ".csv", days, ok);
        return publish(folder, id, days, fields);
    }

    private static Path publish(Path folder, String id, long days, Map<String, Object> fields) throws IOException {
        byte[] manifest = Manifest.of(new LinkedHashMap<>(fields)).bytes();
        Files.write(folder.resolve(id + ".manifest.json"), manifest);
        aged(Files.write(folder.resolve("manifest.json"), manifest), days);
        return folder;
    }

    private static Map<String, Object> manifest(String id, String input, long days, boolean ok) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run_id", id);
        fields.put("created_at", daysAgo(days).toString());
        fields.put("ok", ok);
        fields.put("input", Map.of("path", input, "sha256", hash(id), "size_bytes", (long) id.length()));
        fields.put("args", Map.of());
        fields.put("outputs", List.of(Map.of("file", "data.csv"), Map.of("file", "report.html")));
        return fields;
    }

    /** Makes the accumulated map of a session. */
    Path map(String place, String session, long days, String... runIds) throws IOException {
        String[] parts = place.split("/");
        Path shop = parts[0].equals("local") ? runs : runs.resolve(parts[0]);
        Path folder = Files.createDirectories(shop.resolve(".sessions").resolve(session + "-map"));
        Map<String, Object> fields = manifest(session + "-map", place + "/" + session, days, true);
        fields.put("outputs", List.of());
        fields.put(
                "session",
                Map.of(
                        "cell",
                        parts[1],
                        "bike",
                        parts.length > 2 ? parts[2] : "",
                        "runs",
                        Stream.of(runIds).map(id -> Map.of("run_id", id)).toList()));
        return publish(folder, session + "-map", days, fields);
    }

    private Claim claim(String place, String id, long days, int attempt) {
        String[] parts = place.split("/");
        return new Claim(
                id,
                parts[0],
                parts[1],
                parts.length > 2 ? parts[2] : "",
                place + "/" + id + ".csv",
                id + ".csv",
                id.length(),
                hash(id),
                AnalysisOptions.defaults(),
                Map.of(),
                Optional.empty(),
                attempt,
                false,
                daysAgo(days),
                "");
    }

    /** Makes a claim whose run is in flight. */
    Path inWork(String place, String id, long days) throws IOException {
        Path work = Files.createDirectories(drop.resolve(".work").resolve(id));
        Files.writeString(work.resolve(id + ".csv"), id);
        Files.write(work.resolve("run.yaml"), key.sign(claim(place, id, days, 1)));
        return work;
    }

    /** Makes a log in {@code done} and returns its path without a suffix. */
    Path done(String place, String id, long days) throws IOException {
        Path log = day("done", days).resolve(id + "-" + id + ".csv");
        Files.writeString(log, id);
        Files.writeString(log.resolveSibling(log.getFileName() + ".options.yaml"), "clamp: 7\n");
        Files.write(log.resolveSibling(log.getFileName() + ".run.yaml"), key.sign(claim(place, id, days, 1)));
        return log;
    }

    /** Makes a log in {@code rejected} or {@code duplicates} and returns its folder. */
    Path archived(String kind, String place, String id, long days) throws IOException {
        Path folder = Files.createDirectories(day(kind, days).resolve(id + "-" + id + ".csv"));
        Files.writeString(folder.resolve(id + ".csv"), id);
        Files.write(folder.resolve("reason.json"), Json.write(Map.of()));
        Files.write(folder.resolve("run.yaml"), key.sign(claim(place, id, days, 0)));
        return folder;
    }

    private Path day(String kind, long days) throws IOException {
        return Files.createDirectories(drop.resolve(kind)
                .resolve(daysAgo(days).atZone(ZoneOffset.UTC).toLocalDate().toString()));
    }

    static RetentionPolicy policy(String yaml) throws InvalidPolicyException {
        return PolicyReader.read("policy", yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** Collects the events; a subclass may do something at one. */
    class Events implements RetentionEvents {
        @Override
        public void leftAlone(Path path, String why) {
            leftAlone.add(path.getFileName() + ": " + why);
        }

        @Override
        public void removed(Removal removal) {
            removed.add(removal);
        }

        @Override
        public void stays(Removal removal, String why) {
            stayed.add(removal.id() + ": " + why);
        }

        @Override
        public void failed(Removal removal, IOException cause) {
            failed.add(cause);
        }
    }

    Retention retention(RetentionEvents events) throws IOException {
        return new Retention(new RetentionFolders(runs, store, Optional.of(drop), List.of()), events, () -> NOW);
    }

    RetentionPlan plan(String yaml) throws Exception {
        return retention(new Events()).plan(policy(yaml), ALL);
    }

    /** Returns the ids that go. */
    List<String> ids(String yaml) throws Exception {
        return plan(yaml).removals().stream().map(Removal::id).toList();
    }

    /** Plans and removes, with something done in between. */
    void apply(String yaml, Change between) throws Exception {
        apply(yaml, between, new Events());
    }

    void apply(String yaml, Change between, RetentionEvents events) throws Exception {
        Retention retention = retention(events);
        retention.finishLeftovers();
        RetentionPlan plan = retention.plan(policy(yaml), ALL);
        between.run();
        retention.apply(plan);
    }

    void apply(String yaml) throws Exception {
        apply(yaml, () -> {});
    }

    /** What another program does meanwhile. */
    interface Change {
        void run() throws Exception;
    }

    /** Returns every path with its size, for a comparison. */
    TreeSet<String> snapshot() throws IOException {
        TreeSet<String> all = new TreeSet<>();
        for (Path root : List.of(runs, drop, store)) {
            try (Stream<Path> paths = Files.walk(root)) {
                for (Path path : (Iterable<Path>) paths::iterator) {
                    all.add(path + " "
                            + (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                                    ? Files.size(path) + " " + Files.getLastModifiedTime(path)
                                    : ""));
                }
            }
        }
        return all;
    }
}
