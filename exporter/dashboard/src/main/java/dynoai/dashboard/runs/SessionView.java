package dynoai.dashboard.runs;

import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.shelf.GridTable;
import dynoai.catalogue.shelf.RunFolders;
import dynoai.engine.session.Place;
import dynoai.engine.session.Session;
import dynoai.engine.session.SessionFigures;
import dynoai.engine.session.SessionMap;
import dynoai.engine.session.SessionMarks;
import dynoai.engine.session.SessionRun;
import dynoai.engine.session.Sessions;
import dynoai.engine.stored.DropLocation;
import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.verdict.Ridden;
import dynoai.exporter.verdict.RideBand;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The sessions of the bikes of a dyno cell, and one of them: coverage, what to ride next, convergence. */
public final class SessionView {
    private static final int MAX_RUNS = 50;
    private static final int MAX_SESSIONS = 200;

    private final Map<String, RunLine> lines = new HashMap<>();
    private final RunFolders folders;
    private final SessionMarks marks;
    private final List<Session> newestFirst;

    private SessionView(List<RunLine> runs, SessionMarks marks, Path folder, RunFolders folders) {
        this.folders = folders;
        this.marks = marks;
        List<SessionRun> found = new ArrayList<>();
        for (RunLine run : runs) {
            lines.put(run.runId(), run);
            String bike = DropLocation.of(run.file(), run.shop()).bike();
            found.add(new SessionRun(
                    folder.resolve(run.runId()),
                    new Place(run.shop(), run.cell(), bike),
                    run.runId(),
                    run.startedMillis()));
        }
        newestFirst = Sessions.split(found, marks).stream()
                .sorted(Comparator.comparingLong(Session::latestMillis)
                        .thenComparing(session -> session.place().toString())
                        .reversed())
                .toList();
    }

    /** @param runs the successful runs of a cell of one shop; at least one */
    public static SessionView ofCell(List<RunLine> runs, RunFolders folders) throws IOException {
        List<RunLine> valid = runs.stream()
                .filter(run -> RunId.isValid(run.shop()) && RunId.isValid(run.runId()))
                .toList();
        String shop = valid.isEmpty() ? "" : valid.get(0).shop();
        Path folder = Sessions.folderOf(folders.all(), shop);
        return new SessionView(valid, SessionMarks.of(folder), folder, folders);
    }

    /** Returns the session in which something happened last. */
    public Optional<Session> latest() {
        return newestFirst.stream().findFirst();
    }

    /** Returns the session with a run. */
    public Optional<Session> holding(String runId) {
        return newestFirst.stream().filter(session -> session.holds(runId)).findFirst();
    }

    /** Returns a session with the list of all. */
    public Map<String, @Nullable Object> toJson(Session session) throws IOException, UnsafePathException {
        List<SessionRun> runs = session.runs();
        List<SessionRun> latest = runs.subList(Math.max(0, runs.size() - MAX_RUNS), runs.size());
        if (folders.shelf() != null) {
            for (SessionRun run : latest) {
                folders.folder(run.place().shop(), run.runId()); // Copies it, if it is not copied yet.
            }
        }
        SessionFigures figures = SessionFigures.of(latest);
        Fields fields = summary(session);
        return fields.put("axes", RunFolderView.axes())
                .put("runs_read", latest.size())
                .put("weak_below", Diagnostics.ENOUGH_SAMPLES)
                .put("coverage_front", rows(figures.front()))
                .put("coverage_rear", rows(figures.rear()))
                .put("to_ride", toRide(figures))
                .put("ride_next", bands(figures))
                .put("ride_otherwise", figures.ride().otherwise())
                .put("iterations", steps(session, MAX_RUNS))
                .put("has_map", Files.exists(RunFolderLayout.manifestIn(SessionMap.folderOf(folders.all(), session))))
                .put(
                        "sessions",
                        newestFirst.stream()
                                .limit(MAX_SESSIONS)
                                .map(other -> (Object) summary(other).map())
                                .toList())
                .map();
    }

    private static Fields summary(Session session) {
        return new Fields()
                .put("shop", session.place().shop())
                .put("cell", session.place().cell())
                .put("bike", session.place().bike())
                .put("session", session.id())
                .put("begun_ms", session.begunMillis())
                .put("latest_ms", session.latestMillis())
                .put("current", session.current())
                .put("runs", session.runs().size());
    }

    /** Returns the latest runs of a session, oldest first. */
    public List<Object> steps(Session session, int max) {
        List<SessionRun> runs = session.runs();
        List<Object> steps = new ArrayList<>();
        for (SessionRun run : runs.subList(Math.max(0, runs.size() - max), runs.size())) {
            RunLine line = lines.get(run.runId());
            if (line != null) {
                OptionalLong applied = marks.appliedMillis(run.runId());
                Map<String, @Nullable Object> step = step(line);
                step.put("applied_ms", applied.isPresent() ? applied.getAsLong() : null);
                steps.add(step);
            }
        }
        return steps;
    }

    /** Returns a run as a step of its session. */
    public static Map<String, @Nullable Object> step(RunLine run) {
        return new Fields()
                .put("shop", run.shop())
                .put("run_id", run.runId())
                .put("file", run.file())
                .put("started_ms", run.startedMillis())
                .put("largest_correction_pct", run.findings().both().largestPct())
                .put("front_largest_pct", run.findings().front().largestPct())
                .put("rear_largest_pct", run.findings().rear().largestPct())
                .put("front_uncut_pct", run.findings().front().uncut().pct())
                .put("rear_uncut_pct", run.findings().rear().uncut().pct())
                .put("cells_covered", run.findings().both().cellsCovered())
                .put("cells_clamped", run.findings().both().cellsClamped())
                .put("front_clamped", run.findings().front().cellsClamped())
                .put("rear_clamped", run.findings().rear().cellsClamped())
                .map();
    }

    private static List<List<String>> rows(Ridden ridden) {
        return GridTable.rows(cell -> Long.toString(ridden.rows().get(cell)));
    }

    private static List<Object> toRide(SessionFigures figures) {
        List<Object> cells = new ArrayList<>();
        for (int cell : figures.cellsToRide(Diagnostics.ENOUGH_SAMPLES)) {
            cells.add(new Fields()
                    .put("rpm", GridAxes.rpmOfCell(cell))
                    .put("kpa", GridAxes.kpaOfCell(cell))
                    .put("front", figures.front().rows().get(cell))
                    .put("rear", figures.rear().rows().get(cell))
                    .map());
        }
        return cells;
    }

    private static List<Object> bands(SessionFigures figures) {
        List<Object> bands = new ArrayList<>();
        for (RideBand band : figures.ride().bands()) {
            bands.add(new Fields()
                    .put("words", band.words())
                    .put("settles", band.settles())
                    .put("cells", band.cells())
                    .map());
        }
        return bands;
    }

    /** Returns the files of a session's map, and whether it lacks runs of the session. */
    public static Map<String, @Nullable Object> mapToJson(Session session, RunFolderView map) throws IOException {
        List<String> runs = map.mappedRuns();
        return new Fields()
                .put("session", session.id())
                .put("runs", runs)
                .put(
                        "outdated",
                        !runs.equals(
                                session.runs().stream().map(SessionRun::runId).toList()))
                .put("files", map.files())
                .map();
    }
}
