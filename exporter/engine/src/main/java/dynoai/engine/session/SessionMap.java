package dynoai.engine.session;

import dynoai.analyzer.run.RunAggregate;
import dynoai.engine.stored.StoredOptions;
import dynoai.exporter.RunExport;
import dynoai.exporter.RunMetadata;
import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.analysis.BaseTables;
import dynoai.exporter.analysis.RunAnalysis;
import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.ingest.log.ByteObserver;
import dynoai.ingest.log.LogPlan;
import dynoai.ingest.log.LogReader;
import dynoai.ingest.log.ReadTotals;
import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.option.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The accumulated map of several runs: their logs are folded into the same sums, one after the other, as if they were one log.
 *
 * <p>The logs are folded in the order of their runs, by start and then by id, however they are given, so the files have the same
 * bytes each time. A log with several runs counts once, with the options of its latest run. Each log is read with the options
 * of its own run (columns, units, targets); rows are filtered and kernels run with those of the latest run. Base tables are not
 * updated.
 */
public final class SessionMap {
    /** Follows the session's id in the id of its map. */
    public static final String SUFFIX = "-map";

    private static final String INSTANCE = "session";
    private static final int THREADS = 2;
    private static final List<Option> TABLES = List.of(Option.BASE_FRONT, Option.BASE_REAR);

    private final List<Part> parts;

    /** @param counted whether no later run has the same log */
    private record Part(SessionRun run, Manifest manifest, AnalysisOptions options, boolean counted) {}

    /** A log that was planned. */
    private record Planned(Part part, LogSource source, LogPlan plan) {}

    private SessionMap(List<Part> parts) {
        this.parts = parts;
    }

    /** Returns the folder of a session's map next to the runs. */
    public static Path folderOf(Path runs, Session session) {
        return Sessions.folderOf(runs, session.place().shop())
                .resolve(SessionMarks.FOLDER)
                .resolve(session.id() + SUFFIX);
    }

    /** Returns the runs of a map; none if the manifest is that of a run. */
    public static List<String> runsOf(Manifest manifest) {
        return new JsonTree(manifest.value("session", "runs"))
                .items().stream().map(run -> run.at("run_id").text()).toList();
    }

    /**
     * Folds the logs of runs and publishes the folder of the map.
     *
     * @param runs in any order
     * @param target replaced if it holds an earlier map or run
     * @throws InvalidRunFolderException if a run or its log was changed, or the logs are weighted differently
     */
    public static Manifest write(List<SessionRun> runs, Path target)
            throws IOException, LogRejectedException, InvalidOptionException, RunFolderOccupiedException {
        return of(runs).write(target);
    }

    private static SessionMap of(List<SessionRun> runs) throws IOException, InvalidOptionException {
        if (runs.isEmpty()) {
            throw new InvalidRunFolderException("the session has no run yet");
        }
        List<Part> parts = new ArrayList<>();
        Set<String> logs = new HashSet<>();
        List<SessionRun> latestFirst = new ArrayList<>(Set.copyOf(runs));
        latestFirst.sort(SessionRun.ORDER.reversed());
        for (SessionRun run : latestFirst) {
            Manifest manifest = ManifestReader.read(run.folder());
            parts.add(
                    new Part(run, manifest, StoredOptions.without(manifest, TABLES), logs.add(manifest.inputSha256())));
        }
        Collections.reverse(parts);
        return new SessionMap(parts);
    }

    private Part latest() {
        return parts.get(parts.size() - 1);
    }

    private Manifest write(Path target)
            throws IOException, LogRejectedException, InvalidOptionException, RunFolderOccupiedException {
        List<Planned> logs = new ArrayList<>();
        for (Part part : parts) {
            if (part.counted()) {
                logs.add(planned(part));
            }
        }
        AnalysisOptions options = latest().options();
        LogDescription description = description(logs);
        long rows = 0;
        long unreadable = 0;
        AnalysisResult analysis;
        try (RunAggregate sums = new RunAggregate(description, options)) {
            for (Planned log : logs) {
                sums.beginLog();
                ReadTotals totals = read(log, sums);
                rows += totals.rowsRead();
                unreadable += totals.unreadable();
            }
            analysis = RunAnalysis.run(input(), BaseTables.NONE, options, description, sums.grids(rows, unreadable));
        }
        try (RunFolder folder = RunFolder.replacing(target, INSTANCE)) {
            Manifest manifest = RunExport.writeMap(folder, analysis, metadata(), session());
            folder.publish();
            return manifest;
        }
    }

    private static Planned planned(Part part) throws IOException, LogRejectedException {
        Path log = RunFolderLayout.LOG.in(part.run().folder());
        if (!Files.isRegularFile(log)) {
            throw changed(part);
        }
        LogSource source = LogSource.of(log);
        try {
            return new Planned(part, source, LogReader.plan(source, part.options()));
        } catch (LogRejectedException e) {
            if (Sha256.hex(log).equals(part.manifest().inputSha256())) {
                throw e;
            }
            throw changed(part);
        }
    }

    /** Folds a log whose bytes are those of its run. */
    private static ReadTotals read(Planned log, RunAggregate sums) throws IOException, LogRejectedException {
        MessageDigest digest = Sha256.digest();
        ReadTotals totals = LogReader.readValues(log.source(), log.plan(), THREADS, hashingTo(digest), sums::fold);
        if (!Sha256.hex(digest).equals(log.part().manifest().inputSha256())) {
            throw changed(log.part());
        }
        return totals;
    }

    private static ByteObserver hashingTo(MessageDigest digest) {
        return (buffer, from, to) -> digest.update(buffer, from, to - from);
    }

    private static InvalidRunFolderException changed(Part part) {
        return new InvalidRunFolderException(
                RunFolderLayout.LOG.in(part.run().folder()) + " is missing or was changed since the run");
    }

    /** Returns the description of the latest log; a cylinder has AFR if it has in any log. */
    private static LogDescription description(List<Planned> logs) throws InvalidRunFolderException {
        LogDescription latest = logs.get(logs.size() - 1).plan().description();
        boolean front = false;
        boolean rear = false;
        for (Planned log : logs) {
            LogDescription own = log.plan().description();
            if (own.weightsByHits() != latest.weightsByHits()) {
                throw new InvalidRunFolderException(log.part().run().folder()
                        + " is weighted differently from the latest run, by torque the one and by hits the other; replay it"
                        + " with --weighting hits, or begin a new session");
            }
            front |= own.frontAfr();
            rear |= own.rearAfr();
        }
        return new LogDescription(
                latest.format(),
                latest.encoding(),
                latest.delimiter(),
                latest.headers(),
                latest.sources(),
                front,
                rear,
                latest.oneWidebandForBoth(),
                latest.conversions(),
                latest.notes(),
                latest.preambleLines(),
                latest.weightsByHits(),
                latest.passedOver());
    }

    /** Returns a hash of the logs' hashes in their order, and the logs' size. */
    private AnalysisResult.InputLog input() {
        List<String> hashes = new ArrayList<>();
        long size = 0;
        for (Part part : parts) {
            if (part.counted()) {
                hashes.add(part.manifest().inputSha256());
                size += part.manifest().whole("input", "size_bytes");
            }
        }
        return new AnalysisResult.InputLog(Sha256.hex(Json.canonical(hashes)), size);
    }

    /** The times are those of the runs, so that the same runs give the same bytes. */
    private RunMetadata metadata() {
        SessionRun first = parts.get(0).run();
        Instant started = Instant.ofEpochMilli(first.startedMillis());
        Instant ended = Instant.ofEpochMilli(latest().run().startedMillis());
        return new RunMetadata(
                first.runId() + SUFFIX, latest().run().place() + "/" + first.runId() + SUFFIX, started, () -> ended);
    }

    private Map<String, @Nullable Object> session() {
        List<Object> runs = new ArrayList<>();
        for (Part part : parts) {
            Map<String, @Nullable Object> run = new LinkedHashMap<>();
            run.put("run_id", part.run().runId());
            run.put("log", part.manifest().text("input", "path"));
            run.put("sha256", part.manifest().inputSha256());
            run.put("rows", part.manifest().whole("stats", "rows_read"));
            run.put("counted", part.counted());
            runs.add(run);
        }
        Place place = latest().run().place();
        Map<String, @Nullable Object> session = new LinkedHashMap<>();
        session.put("id", parts.get(0).run().runId());
        session.put("shop", place.shop());
        session.put("cell", place.cell());
        session.put("bike", place.bike());
        session.put("runs", runs);
        return session;
    }
}
