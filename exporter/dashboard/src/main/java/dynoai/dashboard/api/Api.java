package dynoai.dashboard.api;

import dynoai.catalogue.run.Page;
import dynoai.catalogue.run.Query;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.shelf.RunFolders;
import dynoai.dashboard.act.Acts;
import dynoai.dashboard.act.VeTables;
import dynoai.dashboard.board.VisibleRuns;
import dynoai.dashboard.feed.FleetFeed;
import dynoai.dashboard.http.HttpException;
import dynoai.dashboard.http.Request;
import dynoai.dashboard.http.Response;
import dynoai.dashboard.recipes.RecipeRuns;
import dynoai.dashboard.runs.Fields;
import dynoai.dashboard.runs.RunComparison;
import dynoai.dashboard.runs.RunFolderView;
import dynoai.dashboard.runs.SessionView;
import dynoai.dashboard.runs.TimelineView;
import dynoai.engine.session.Session;
import dynoai.engine.session.SessionMap;
import dynoai.engine.session.SessionMarks;
import dynoai.engine.stored.PasteTable;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.schemas.access.Caller;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.json.Json;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The API under {@code /api/v1} for reading. */
public final class Api {
    /** The path of acts, which take POSTs. */
    static final List<String> ACTS = List.of("api", "v1", "acts");

    static final String PATH = "api/v1/";
    static final int PAGE_SIZE = 50;
    static final int MAX_SIZE = 200;
    static final int MAX_PAGE = 1_000_000;

    private static final int MAX_OTHER_RUNS = 200;
    private static final int MAX_NAMES = 1000;

    private final RecipeAnswers recipes;
    private final FleetAnswer fleet;
    private final @Nullable Acts acts;

    /** @param acts null for pages that only show */
    public Api(RecipeRuns recipes, FleetFeed fleet, @Nullable Acts acts) {
        this.recipes = new RecipeAnswers(recipes);
        this.fleet = new FleetAnswer(fleet, Clock.systemUTC());
        this.acts = acts;
    }

    /** Returns all routes; there are no others. */
    List<Route> routes() {
        return List.of(
                new Route(PATH + "runs", Need.READ, call -> json(runs(call))),
                new Route(PATH + "runs/{shop}/{run_id}", Need.READ, call -> json(details(call))),
                new Route(PATH + "runs/{shop}/{run_id}/grids", Need.READ, call -> json(grids(view(call)))),
                new Route(
                        PATH + "runs/{shop}/{run_id}/timeline",
                        Need.READ,
                        call -> json(TimelineView.of(view(call).path()))),
                new Route(PATH + "runs/{shop}/{run_id}/compare", Need.READ, call -> json(comparison(call))),
                new Route(PATH + "runs/{shop}/{run_id}/table", Need.READ, call -> table(view(call), call.request())),
                new Route(PATH + "runs/{shop}/{run_id}/files/{file}", Need.READ, Api::file),
                new Route(PATH + "shops", Need.READ, Api::shops),
                new Route(PATH + "events", Need.READ, call -> new Response.Stream(call.events())),
                new Route(PATH + "cells/{shop}/{cell}", Need.READ, Api::cell),
                new Route(PATH + "sessions/{shop}/{session}", Need.READ, Api::session),
                new Route(PATH + "sessions/{shop}/{session}/map", Need.READ, call -> map(call, "")),
                new Route(PATH + "sessions/{shop}/{session}/map/{file}", Need.READ, call -> map(call, call.id("file"))),
                new Route(PATH + "rejected/{run_id}/log", Need.READ, Api::rejectedLog),
                new Route(PATH + "marks/{shop}/{run_id}", Need.READ, call -> json(marks(call))),
                new Route(
                        PATH + "tables/{shop}/{run_id}",
                        Need.READ,
                        call -> json(tables().list(call.id("shop"), call.id("run_id")))),
                new Route(PATH + "tables/{shop}/{run_id}/{id}/{file}", Need.READ, this::tableFile),
                new Route(
                        PATH + "acts",
                        Need.TOKEN,
                        call -> json(acts == null ? Acts.none(call.caller()) : acts.offers(call.caller()))),
                new Route(PATH + "acts/{act}", Need.TOKEN, call -> {
                    throw HttpException.notAllowed("POST");
                }),
                new Route(PATH + "fleet", Need.OPERATE, call -> json(fleet.of(call))),
                new Route(PATH + "audit", Need.OPERATE, call -> json(audit(call))),
                new Route(PATH + "recipes", Need.OPERATE, call -> json(recipes.runs(call))),
                new Route(PATH + "recipes/{recipe}/{run}", Need.OPERATE, call -> json(recipes.run(call))),
                new Route(PATH + "recipes/{recipe}/{run}/logs/{step}", Need.OPERATE, call -> json(recipes.log(call))));
    }

    private static Map<String, @Nullable Object> runs(Call call) throws HttpException, IOException {
        Request request = call.request();
        VisibleRuns runs = call.runs();
        if (!Query.isState(request.parameter("state"))) {
            throw HttpException.badRequest("state must be a state of runs, in_flight or warning");
        }
        int number = request.number("page", 1, MAX_PAGE);
        int size = request.number("size", PAGE_SIZE, MAX_SIZE);
        Query query = new Query(
                request.parameter("q"),
                request.parameter("shop"),
                request.parameter("cell"),
                request.parameter("state"),
                request.parameter("vehicle"),
                period(request));
        long version = runs.version();
        Page page = runs.page(query, number, size);
        return new Fields()
                .put("version", version)
                .put("total", page.total())
                .put("total_exact", page.exact())
                .put("page", number)
                .put("size", size)
                .put("runs", BoardJson.lines(page.runs()))
                .put("shops", runs.shopNames(MAX_NAMES))
                .put("cells", runs.cellNames(query.shop(), MAX_NAMES))
                .put("caller", caller(call.caller()))
                .map();
    }

    /** Returns what the list shows of its caller, so that it needs no second request. */
    private static Map<String, @Nullable Object> caller(Caller caller) {
        return new Fields()
                .put("shop", caller.isOperator() ? null : caller.shop())
                .put("credential", caller.credential().isEmpty() ? null : caller.credential())
                .map();
    }

    private static Query.Period period(Request request) throws HttpException {
        Query.Period always = Query.Period.ALWAYS;
        return new Query.Period(
                millis(request.parameter("from_ms"), always.fromMillis()),
                millis(request.parameter("until_ms"), always.untilMillis()));
    }

    private static long millis(String given, long otherwise) throws HttpException {
        try {
            return given.isEmpty() ? otherwise : Math.max(0, Long.parseLong(given));
        } catch (NumberFormatException ignored) {
            throw HttpException.badRequest("from_ms and until_ms must be milliseconds since 1970");
        }
    }

    private static Map<String, @Nullable Object> grids(RunFolderView run) throws IOException {
        return new Fields()
                .put("axes", RunFolderView.axes())
                .put("grids", run.grids())
                .map();
    }

    private static Response table(RunFolderView run, Request request) throws HttpException, IOException {
        String cylinder = request.parameter("cylinder");
        if (!List.of("front", "rear", "mean").contains(cylinder)) {
            throw HttpException.badRequest("cylinder must be front, rear or mean");
        }
        String weak = request.parameter("weak");
        if (!List.of("", "in", "out").contains(weak)) {
            throw HttpException.badRequest("weak must be in or out");
        }
        PasteTable table = new PasteTable(
                cylinder.equals("mean") ? null : cylinder.equals("front") ? Cylinder.FRONT : Cylinder.REAR,
                choice(PasteTable.Values.class, "values", request),
                !weak.equals("out"),
                choice(PasteTable.Format.class, "format", request));
        try {
            return new Response.Bytes(200, table.format().mediaType(), table.of(run.path()), "");
        } catch (InvalidRunFolderException e) {
            throw HttpException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /** Returns the constant that a parameter names in lower case; the first one if it is missing. */
    private static <E extends Enum<E>> E choice(Class<E> type, String name, Request request) throws HttpException {
        String given = request.parameter(name);
        E[] constants = type.getEnumConstants();
        if (given.isEmpty()) {
            return constants[0];
        }
        for (E constant : constants) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(given)) {
                return constant;
            }
        }
        throw HttpException.badRequest(name + " must be one of "
                + Stream.of(constants)
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }

    private static Response shops(Call call) throws IOException {
        return json(new Fields().put("shops", BoardJson.shops(call.runs())).map());
    }

    private static Response file(Call call) throws HttpException, UnsafePathException, IOException {
        return new Response.Download(
                view(call).file(call.id("file")).orElseThrow(() -> HttpException.notFound("the run has no such file")));
    }

    private static Map<String, @Nullable Object> details(Call call)
            throws HttpException, UnsafePathException, IOException {
        VisibleRuns runs = call.runs();
        RunLine line =
                runs.find(call.id("shop"), call.id("run_id")).orElseThrow(() -> HttpException.notFound("no such run"));
        Fields fields = new Fields().put("run", BoardJson.line(line));
        RunFolderView view = RunFolderView.of(runs.folders().folder(line.shop(), line.runId()))
                .orElse(null);
        return fields.put("details", view == null ? null : view.details())
                .put("iterations", iterations(line, runs))
                .put("comparable", comparable(line, runs))
                .map();
    }

    private static List<Object> comparable(RunLine line, VisibleRuns runs) throws IOException {
        List<Object> others = new ArrayList<>();
        for (RunLine other : runs.comparable(line, MAX_OTHER_RUNS)) {
            Map<String, @Nullable Object> step = SessionView.step(other);
            step.put("cell", other.cell());
            step.put("vehicle", other.findings().vehicle());
            others.add(step);
        }
        return others;
    }

    /** Returns the runs of the session that a run belongs to; of a run without one those of its cell. */
    private static List<Object> iterations(RunLine line, VisibleRuns runs) throws IOException {
        SessionView sessions = SessionView.ofCell(runs.iterations(line), runs.folders());
        return sessions.holding(line.runId())
                .map(session -> sessions.steps(session, MAX_OTHER_RUNS))
                .orElse(List.of());
    }

    private static Map<String, @Nullable Object> comparison(Call call)
            throws HttpException, UnsafePathException, IOException {
        RunFolderView left = view(call);
        String with = call.parameter("with");
        int slash = with.indexOf('/');
        if (slash < 0) {
            throw HttpException.badRequest("with must be shop/run_id");
        }
        RunFolderView right = view(call, with.substring(0, slash), with.substring(slash + 1));
        try {
            return RunComparison.of(left.path(), right.path());
        } catch (InvalidRunFolderException e) {
            throw HttpException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static Response cell(Call call) throws HttpException, UnsafePathException, IOException {
        return json(cell(call.runs(), call.id("shop"), call.id("cell"), call.parameter("session")));
    }

    /** @param id of a session or of a run in it; empty for the latest session of the cell */
    private static Map<String, @Nullable Object> cell(VisibleRuns all, String shop, String cell, String id)
            throws HttpException, UnsafePathException, IOException {
        Optional<RunLine> within = id.isEmpty() ? Optional.empty() : all.find(shop, id);
        List<RunLine> runs = within.isPresent() && within.get().cell().equals(cell)
                ? all.iterations(within.get())
                : all.iterations(shop, cell);
        if (runs.isEmpty()) {
            throw HttpException.notFound("the cell has no successful run");
        }
        SessionView sessions = SessionView.ofCell(runs, all.folders());
        return sessions.toJson((id.isEmpty() ? sessions.latest() : sessions.holding(id))
                .orElseThrow(() -> HttpException.notFound("no such session in this cell")));
    }

    private static Response session(Call call) throws HttpException, UnsafePathException, IOException {
        RunLine line = lineOfSession(call);
        return json(cell(call.runs(), line.shop(), line.cell(), line.runId()));
    }

    private static RunLine lineOfSession(Call call) throws HttpException, IOException {
        return call.runs()
                .find(call.id("shop"), call.id("session"))
                .orElseThrow(() -> HttpException.notFound("no such session"));
    }

    /**
     * Returns the accumulated map of a session, or one of its files.
     *
     * @param file empty for the map
     */
    private static Response map(Call call, String file) throws HttpException, IOException {
        RunLine line = lineOfSession(call);
        RunFolders folders = call.runs().folders();
        SessionView sessions = SessionView.ofCell(call.runs().iterations(line), folders);
        Session session = sessions.holding(line.runId()).orElseThrow(() -> HttpException.notFound("no such session"));
        RunFolderView map = RunFolderView.of(SessionMap.folderOf(folders.all(), session))
                .orElseThrow(() -> HttpException.notFound(
                        "the session has no map yet; make it on its page, or with: dynoai session map "
                                + session.id()));
        return file.isEmpty()
                ? json(SessionView.mapToJson(session, map))
                : new Response.Download(
                        map.file(file).orElseThrow(() -> HttpException.notFound("the map has no such file")));
    }

    private static Map<String, @Nullable Object> marks(Call call) throws UnsafePathException, IOException {
        String runId = call.id("run_id");
        SessionMarks marks =
                SessionMarks.of(AtomicFile.folderOf(call.runs().folders().folder(call.id("shop"), runId)));
        List<Object> notes = new ArrayList<>();
        for (SessionMarks.Note note : marks.notes(runId)) {
            notes.add(new Fields()
                    .put("at_ms", note.atMillis())
                    .put("by", note.by())
                    .put("text", note.text())
                    .map());
        }
        OptionalLong applied = marks.appliedMillis(runId);
        return new Fields()
                .put("applied_ms", applied.isPresent() ? (Object) applied.getAsLong() : null)
                .put("notes", notes)
                .map();
    }

    private VeTables tables() throws HttpException {
        if (acts == null) {
            throw HttpException.notFound("this page only shows runs");
        }
        return acts.tables();
    }

    private Response tableFile(Call call) throws HttpException, UnsafePathException, IOException {
        return new Response.Download(tables().file(call.id("shop"), call.id("run_id"), call.id("id"), call.id("file"))
                .orElseThrow(() -> HttpException.notFound("no such table")));
    }

    private static Response rejectedLog(Call call) throws HttpException, IOException {
        return new Response.Download(call.runs()
                .folders()
                .rejectedLog(call.id("run_id"))
                .orElseThrow(() -> HttpException.notFound("no such rejected log")));
    }

    private Map<String, @Nullable Object> audit(Call call) throws HttpException, IOException {
        int size = call.number("size", PAGE_SIZE, MAX_NAMES);
        return new Fields()
                .put("entries", acts == null ? List.of() : acts.audit().last(size))
                .map();
    }

    private static RunFolderView view(Call call) throws HttpException, UnsafePathException, IOException {
        return view(call, call.id("shop"), call.id("run_id"));
    }

    private static RunFolderView view(Call call, String shop, String runId)
            throws HttpException, UnsafePathException, IOException {
        return RunFolderView.of(call.runs().folders().folder(shop, runId))
                .orElseThrow(() -> HttpException.notFound("the run has no folder, or not yet"));
    }

    private static Response json(Map<String, @Nullable Object> value) {
        return Response.json(Json.canonical(value));
    }
}
