package dynoai.dashboard.act;

import dynoai.catalogue.shelf.RunFolders;
import dynoai.dashboard.http.HttpException;
import dynoai.dashboard.runs.Fields;
import dynoai.engine.session.SessionMarks;
import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.ve.ApplyRequest;
import dynoai.exporter.ve.RollbackRequest;
import dynoai.exporter.ve.VeApply;
import dynoai.exporter.ve.VeRollback;
import dynoai.exporter.ve.factor.FactorChoice;
import dynoai.exporter.ve.factor.VeException;
import dynoai.exporter.ve.preview.Preview;
import dynoai.ingest.folder.claim.Claims;
import dynoai.ingest.folder.claim.RunIds;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.SafePath;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Applies the corrections of runs to VE tables that the page sends. Each apply has a folder of its own below the data
 * directory, so no file of a user is read or replaced.
 */
public final class VeTables {
    private static final String BASE = "base.csv";
    private static final String NEW = "new.csv";
    private static final String METADATA = "new_meta.json";
    private static final String RESTORED = "restored.csv";
    private static final String RECORD = "apply.json";
    private static final int MAX_LISTED = 50;
    private static final long DEFAULT_MIN_HITS = 10;

    private final RunFolders runs;
    private final Path root;
    private final Clock clock = Clock.systemUTC();
    private final RunIds ids = new RunIds(clock);

    VeTables(RunFolders runs, Path data) {
        this.runs = runs;
        this.root = data.resolve("tables").toAbsolutePath().normalize();
    }

    /** A request of the page. */
    private record Wanted(
            String shop,
            String runId,
            Path run,
            String base,
            @Nullable Cylinder cylinder,
            double maxAdjustPct,
            long minHits,
            boolean acceptInvertedSign) {
        ApplyRequest in(Path folder) {
            return ApplyRequest.of(folder.resolve(BASE), new FactorChoice.OfRun(run, cylinder), folder.resolve(NEW))
                    .withMaxAdjustPct(maxAdjustPct, false)
                    .withMinHits(minHits)
                    .withAcceptInvertedSign(acceptInvertedSign);
        }

        /** @param folder empty for the working folder */
        CommandLineText command(Path folder) {
            CommandLineText command = new CommandLineText("dynoai", "ve", "apply", "--base")
                    .add(folder.resolve(BASE), "--run", run, "--output", folder.resolve(NEW))
                    .add("--max-adjust-pct", maxAdjustPct, "--min-hits", minHits);
            if (acceptInvertedSign) {
                command.add("--accept-inverted-sign");
            }
            return cylinder == null ? command : command.add("--cylinder", cylinder.key());
        }
    }

    private Wanted wanted(JsonTree parameters) throws HttpException, UnsafePathException, IOException {
        String shop = ActParameters.id(parameters, "shop");
        String runId = ActParameters.id(parameters, "run_id");
        double percent = parameters.at("max_adjust_pct").number();
        Object minHits = parameters.at("min_hits").value();
        String cylinder = parameters.at("cylinder").text();
        return new Wanted(
                shop,
                runId,
                runs.folder(shop, runId).toAbsolutePath(),
                base(shop, parameters),
                cylinder.isEmpty() ? null : cylinder(cylinder),
                Double.isNaN(percent) ? ApplyRequest.DEFAULT_MAX_ADJUST_PCT : percent,
                minHits == null ? DEFAULT_MIN_HITS : parameters.at("min_hits").whole(),
                parameters.at("accept_inverted_sign").flag());
    }

    private static Cylinder cylinder(String key) throws HttpException {
        for (Cylinder cylinder : Cylinder.values()) {
            if (cylinder.key().equals(key)) {
                return cylinder;
            }
        }
        throw HttpException.of(422, "cylinder must be front or rear");
    }

    /** Returns the table that the page sent, or the one that an earlier apply of the shop made. */
    private String base(String shop, JsonTree parameters) throws HttpException, IOException, UnsafePathException {
        String of = parameters.at("base_of").text();
        if (of.isEmpty()) {
            String text = parameters.at("base").text();
            if (text.isBlank()) {
                throw HttpException.of(422, "base must be the text of a VE table, or base_of an earlier apply");
            }
            return text;
        }
        String[] parts = of.split("/", -1);
        Path table = file(shop, parts[0], parts.length == 2 ? parts[1] : "", NEW)
                .orElseThrow(() -> HttpException.notFound("there is no apply " + of + " of the shop"));
        return Files.readString(table);
    }

    /** Shows what an apply would change. */
    Done preview(JsonTree parameters) throws HttpException, IOException, UnsafePathException, VeException {
        Wanted wanted = wanted(parameters);
        Path folder = Files.createTempDirectory(Files.createDirectories(root), ".preview-");
        try {
            Files.writeString(folder.resolve(BASE), wanted.base());
            Preview preview = new VeApply().preview(wanted.in(folder));
            CommandLineText command = wanted.command(Path.of("")).add("--dry-run");
            return new Done("a preview; nothing was written", command, json(preview));
        } finally {
            Claims.deleteTree(folder);
        }
    }

    private static Map<String, @Nullable Object> json(Preview preview) throws IOException {
        Map<String, @Nullable Object> all =
                new LinkedHashMap<>(Json.readObject(preview.asJson().getBytes(StandardCharsets.UTF_8)));
        all.remove("base");
        all.remove("factor");
        return new Fields().put("preview", all).map();
    }

    /** Writes the new table and its metadata. */
    Done apply(JsonTree parameters) throws HttpException, IOException, UnsafePathException, VeException {
        Wanted wanted = wanted(parameters);
        String id = ids.next();
        Path folder =
                Files.createDirectories(folder(wanted.shop(), wanted.runId())).resolve(id);
        Files.createDirectory(folder);
        boolean applied = false;
        try {
            AtomicFile.write(folder.resolve(BASE), wanted.base().getBytes(StandardCharsets.UTF_8));
            VeApply.Applied done = new VeApply().apply(wanted.in(folder), clock.instant());
            AtomicFile.write(
                    folder.resolve(RECORD),
                    Json.canonical(new Fields()
                            .put("at", clock.instant().toString())
                            .put(
                                    "cylinder",
                                    wanted.cylinder() == null
                                            ? ""
                                            : wanted.cylinder().key())
                            .put("max_adjust_pct", wanted.maxAdjustPct())
                            .put("min_hits", wanted.minHits())
                            .put("changed", done.preview().count(Preview.Fate.CHANGED))
                            .put("at_clamp", done.preview().count(Preview.Fate.AT_CLAMP))
                            .put("left_alone", done.preview().count(Preview.Fate.LEFT_ALONE))
                            .map()));
            applied = true;
            Map<String, @Nullable Object> fields = json(done.preview());
            fields.put("id", id);
            return new Done("applied as " + id + marked(wanted.run()), wanted.command(folder), fields);
        } finally {
            if (!applied) {
                Claims.deleteTree(folder);
            }
        }
    }

    private String marked(Path run) {
        try {
            SessionMarks.applyFolder(run, "ve apply", clock.instant());
            return "";
        } catch (IOException e) {
            return ", but not marked in its session: " + e.getMessage();
        }
    }

    /** Restores the base of an apply, next to it. */
    Done rollBack(JsonTree parameters) throws HttpException, IOException, UnsafePathException, VeException {
        String shop = ActParameters.id(parameters, "shop");
        String runId = ActParameters.id(parameters, "run_id");
        String id = ActParameters.id(parameters, "id");
        Path table = file(shop, runId, id, NEW).orElseThrow(() -> HttpException.notFound("there is no such apply"));
        Path folder = AtomicFile.folderOf(table);
        String cylinder = JsonTree.read(folder.resolve(RECORD)).at("cylinder").text();
        Path factor = GridFile.of(GridFile.Kind.DELTA, cylinder.isEmpty() ? null : cylinder(cylinder))
                .in(runs.folder(shop, runId).toAbsolutePath());
        RollbackRequest request =
                new RollbackRequest(table, folder.resolve(METADATA), folder.resolve(RESTORED), factor);
        VeRollback.RolledBack done = new VeRollback().rollback(request);
        CommandLineText command = new CommandLineText("dynoai", "ve", "rollback", "--current")
                .add(table, "--metadata", request.metadata(), "--output", request.output(), "--factor", factor);
        return new Done(
                "restored " + done.restored().words(),
                command,
                new Fields().put("id", id).put("sha256", done.sha()).map());
    }

    private Path folder(String shop, String runId) throws UnsafePathException, IOException {
        return SafePath.ofId(SafePath.ofId(root, shop), runId);
    }

    /** Returns a file of an apply; empty if it does not exist. */
    public Optional<Path> file(String shop, String runId, String id, String name)
            throws UnsafePathException, IOException {
        if (!List.of(BASE, NEW, METADATA, RESTORED).contains(name)) {
            return Optional.empty();
        }
        Path file = SafePath.ofId(folder(shop, runId), id).resolve(name);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of(file) : Optional.empty();
    }

    /** Returns the applies of a run, and those of the shop whose tables can be the next base, newest first. */
    public Map<String, @Nullable Object> list(String shop, String runId) throws UnsafePathException, IOException {
        List<Object> known = new ArrayList<>();
        for (Path run : newestFirst(SafePath.ofId(root, shop))) {
            for (Path apply : newestFirst(run)) {
                if (known.size() < MAX_LISTED && Files.isRegularFile(apply.resolve(NEW), LinkOption.NOFOLLOW_LINKS)) {
                    known.add(run.getFileName() + "/" + apply.getFileName());
                }
            }
        }
        List<Object> own = new ArrayList<>();
        for (Path apply : newestFirst(folder(shop, runId))) {
            if (Files.isRegularFile(apply.resolve(RECORD), LinkOption.NOFOLLOW_LINKS)) {
                Fields fields = new Fields().put("id", apply.getFileName().toString());
                Json.readObject(Files.readAllBytes(apply.resolve(RECORD))).forEach(fields::put);
                own.add(fields.put("restored", Files.exists(apply.resolve(RESTORED), LinkOption.NOFOLLOW_LINKS))
                        .map());
            }
        }
        return new Fields().put("tables", own).put("known", known).map();
    }

    private static List<Path> newestFirst(Path parent) throws IOException {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> found =
                    Files.newDirectoryStream(parent, child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))) {
                found.forEach(folders::add);
            }
        }
        folders.removeIf(folder -> folder.getFileName().toString().startsWith("."));
        folders.sort(Comparator.comparing((Path folder) -> folder.getFileName().toString())
                .reversed());
        return folders;
    }
}
