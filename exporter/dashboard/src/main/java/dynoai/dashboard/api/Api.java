package dynoai.dashboard.api;

import dynoai.catalogue.CatalogueException;
import dynoai.catalogue.run.Page;
import dynoai.catalogue.run.Query;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.shelf.RunFolders;
import dynoai.dashboard.act.Acts;
import dynoai.dashboard.act.VeTables;
import dynoai.dashboard.board.RunBoard;
import dynoai.dashboard.board.Throughput;
import dynoai.dashboard.http.HttpException;
import dynoai.dashboard.http.Request;
import dynoai.dashboard.http.Response;
import dynoai.dashboard.recipes.RecipeRunView;
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
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.json.Json;
import dynoai.schemas.store.StoreUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The API under {@code /api/v1} for reading. */
public final class Api {
    /** The path of acts, which take POSTs. */
    static final List<String> ACTS = List.of("api", "v1", "acts");

    private static final int PAGE_SIZE = 50;
    private static final int MAX_SIZE = 200;
    private static final int MAX_PAGE = 1_000_000;
    private static final int MAX_OTHER_RUNS = 200;
    private static final int MAX_NAMES = 1000;

    private final RunBoard board;
    private final RunFolders folders;
    private final RecipeRuns recipes;
    private final BoardEventSource events;
    private final @Nullable Acts acts;

    /**
     * @param acts null for pages that only show
     * @param degraded why runs may be missing or late; empty if they are not
     */
    public Api(
            RunBoard board,
            Throughput throughput,
            RunFolders folders,
            RecipeRuns recipes,
            @Nullable Acts acts,
            Supplier<String> degraded) {
        this.board = board;
        this.folders = folders;
        this.recipes = recipes;
        this.acts = acts;
        this.events = new BoardEventSource(board, throughput, degraded);
    }

    /** @param path the parts after {@code /api/v1/} */
    public Response answer(List<String> path, Request request) throws HttpException, IOException {
        try {
            return switch (path.get(0) + '/' + path.size()) {
                case "runs/1" -> json(runs(request));
                case "shops/1" ->
                    json(new Fields().put("shops", BoardJson.shops(board)).map());
                case "events/1" -> new Response.Stream(events);
                case "cells/3" -> json(cell(path.get(1), path.get(2), request.parameter("session")));
                case "sessions/3" -> json(session(path.get(1), path.get(2)));
                case "sessions/4", "sessions/5" -> sessionMap(path);
                case "runs/3" -> json(details(path.get(1), path.get(2)));
                case "runs/4" -> part(view(path.get(1), path.get(2)), path.get(3), request);
                case "runs/5" -> file(view(path.get(1), path.get(2)), path.get(3), path.get(4));
                case "acts/1" ->
                    json(acts == null ? new Fields().put("acts", List.of()).map() : acts.offers());
                case "acts/2" -> throw HttpException.notAllowed("POST");
                case "audit/1" -> json(audit(request));
                case "rejected/3" -> rejectedLog(path.get(1), path.get(2));
                case "marks/3" -> json(marks(path.get(1), path.get(2)));
                case "tables/3" -> json(tables().list(path.get(1), path.get(2)));
                case "tables/5" ->
                    new Response.Download(tables().file(path.get(1), path.get(2), path.get(3), path.get(4))
                            .orElseThrow(() -> HttpException.notFound("no such table")));
                case "recipes/1" -> json(recipeRuns(request));
                case "recipes/3" ->
                    json(recipeRun(path.get(1), path.get(2), request).details());
                case "recipes/5" -> json(recipeLog(path, request));
                default -> throw noSuchPath();
            };
        } catch (UnsafePathException e) {
            throw HttpException.badRequest(String.valueOf(e.getMessage()));
        } catch (InvalidRunFolderException e) {
            throw HttpException.of(409, String.valueOf(e.getMessage()));
        } catch (CatalogueException | StoreUnavailableException e) {
            throw HttpException.of(503, String.valueOf(e.getMessage()));
        }
    }

    private Map<String, @Nullable Object> runs(Request request) throws HttpException, IOException {
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
        long version = board.version();
        Page page = board.page(query, number, size);
        return new Fields()
                .put("version", version)
                .put("total", page.total())
                .put("total_exact", page.exact())
                .put("page", number)
                .put("size", size)
                .put("runs", BoardJson.lines(page.runs()))
                .put("shops", board.shopNames(MAX_NAMES))
                .put("cells", board.cellNames(query.shop(), MAX_NAMES))
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

    private Response part(RunFolderView run, String part, Request request)
            throws HttpException, UnsafePathException, IOException {
        return switch (part) {
            case "grids" ->
                json(new Fields()
                        .put("axes", RunFolderView.axes())
                        .put("grids", run.grids())
                        .map());
            case "timeline" -> json(TimelineView.of(run.path()));
            case "compare" -> json(comparison(run, request.parameter("with")));
            case "table" -> table(run, request);
            default -> throw noSuchPath();
        };
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

    private static Response file(RunFolderView run, String part, String name) throws HttpException {
        if (!part.equals("files")) {
            throw noSuchPath();
        }
        return new Response.Download(
                run.file(name).orElseThrow(() -> HttpException.notFound("the run has no such file")));
    }

    private Map<String, @Nullable Object> details(String shop, String runId)
            throws HttpException, UnsafePathException, IOException {
        RunLine line = board.find(shop, runId).orElseThrow(() -> HttpException.notFound("no such run"));
        Fields fields = new Fields().put("run", BoardJson.line(line));
        RunFolderView view = RunFolderView.of(folders.folder(shop, runId)).orElse(null);
        return fields.put("details", view == null ? null : view.details())
                .put("iterations", iterations(line))
                .put("comparable", comparable(line))
                .map();
    }

    private List<Object> comparable(RunLine line) throws IOException {
        List<Object> others = new ArrayList<>();
        for (RunLine other : board.comparable(line, MAX_OTHER_RUNS)) {
            Map<String, @Nullable Object> step = SessionView.step(other);
            step.put("cell", other.cell());
            step.put("vehicle", other.findings().vehicle());
            others.add(step);
        }
        return others;
    }

    /** Returns the runs of the session that a run belongs to; of a run without one those of its cell. */
    private List<Object> iterations(RunLine line) throws IOException {
        SessionView sessions = SessionView.ofCell(board.iterations(line), folders);
        return sessions.holding(line.runId())
                .map(session -> sessions.steps(session, MAX_OTHER_RUNS))
                .orElse(List.of());
    }

    private Map<String, @Nullable Object> comparison(RunFolderView left, String with)
            throws HttpException, UnsafePathException, IOException {
        int slash = with.indexOf('/');
        if (slash < 0) {
            throw HttpException.badRequest("with must be shop/run_id");
        }
        RunFolderView right = view(with.substring(0, slash), with.substring(slash + 1));
        try {
            return RunComparison.of(left.path(), right.path());
        } catch (InvalidRunFolderException e) {
            throw HttpException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /** @param id of a session or of a run in it; empty for the latest session of the cell */
    private Map<String, @Nullable Object> cell(String shop, String cell, String id)
            throws HttpException, UnsafePathException, IOException {
        Optional<RunLine> within = id.isEmpty() ? Optional.empty() : board.find(shop, id);
        List<RunLine> runs = within.isPresent() && within.get().cell().equals(cell)
                ? board.iterations(within.get())
                : board.iterations(shop, cell);
        if (runs.isEmpty()) {
            throw HttpException.notFound("the cell has no successful run");
        }
        SessionView sessions = SessionView.ofCell(runs, folders);
        return sessions.toJson((id.isEmpty() ? sessions.latest() : sessions.holding(id))
                .orElseThrow(() -> HttpException.notFound("no such session in this cell")));
    }

    private Map<String, @Nullable Object> session(String shop, String id)
            throws HttpException, UnsafePathException, IOException {
        RunLine line = board.find(shop, id).orElseThrow(() -> HttpException.notFound("no such session"));
        return cell(shop, line.cell(), id);
    }

    /** Returns the accumulated map of a session, or one of its files. */
    private Response sessionMap(List<String> path) throws HttpException, IOException {
        if (!path.get(3).equals("map")) {
            throw noSuchPath();
        }
        String shop = path.get(1);
        RunLine line = board.find(shop, path.get(2)).orElseThrow(() -> HttpException.notFound("no such session"));
        SessionView sessions = SessionView.ofCell(board.iterations(line), folders);
        Session session = sessions.holding(line.runId()).orElseThrow(() -> HttpException.notFound("no such session"));
        RunFolderView map = RunFolderView.of(SessionMap.folderOf(folders.all(), session))
                .orElseThrow(() -> HttpException.notFound(
                        "the session has no map yet; make it on its page, or with: dynoai session map "
                                + session.id()));
        if (path.size() == 5) {
            return new Response.Download(
                    map.file(path.get(4)).orElseThrow(() -> HttpException.notFound("the map has no such file")));
        }
        return json(SessionView.mapToJson(session, map));
    }

    private Map<String, @Nullable Object> recipeRuns(Request request) throws HttpException, IOException {
        int page = request.number("page", 1, MAX_PAGE);
        int size = request.number("size", PAGE_SIZE, MAX_SIZE);
        String recipe = request.parameter("recipe");
        List<RecipeRunView> all = recipes.all();
        List<RecipeRunView> chosen = all.stream()
                .filter(run -> recipe.isEmpty() || run.recipe().equals(recipe))
                .toList();
        List<Object> shown = new ArrayList<>();
        for (RecipeRunView run :
                chosen.stream().skip((long) (page - 1) * size).limit(size).toList()) {
            shown.add(run.summary());
        }
        return new Fields()
                .put("total", chosen.size())
                .put("page", page)
                .put("size", size)
                .put("runs", shown)
                .put(
                        "recipes",
                        all.stream()
                                .map(RecipeRunView::recipe)
                                .distinct()
                                .sorted()
                                .limit(MAX_NAMES)
                                .toList())
                .map();
    }

    private Map<String, @Nullable Object> marks(String shop, String runId) throws UnsafePathException, IOException {
        SessionMarks marks = SessionMarks.of(AtomicFile.folderOf(folders.folder(shop, runId)));
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

    private Response rejectedLog(String runId, String part) throws HttpException, IOException {
        if (!part.equals("log")) {
            throw noSuchPath();
        }
        return new Response.Download(
                folders.rejectedLog(runId).orElseThrow(() -> HttpException.notFound("no such rejected log")));
    }

    private Map<String, @Nullable Object> audit(Request request) throws HttpException, IOException {
        int size = request.number("size", PAGE_SIZE, MAX_NAMES);
        return new Fields()
                .put("entries", acts == null ? List.of() : acts.audit().last(size))
                .map();
    }

    private RecipeRunView recipeRun(String recipe, String run, Request request) throws HttpException {
        return recipes.find(recipe, request.parameter("shop"), run)
                .orElseThrow(() -> HttpException.notFound("no such run of a recipe"));
    }

    private Map<String, @Nullable Object> recipeLog(List<String> path, Request request)
            throws HttpException, IOException {
        if (!path.get(3).equals("logs")) {
            throw noSuchPath();
        }
        return recipeRun(path.get(1), path.get(2), request)
                .log(path.get(4))
                .orElseThrow(() -> HttpException.notFound("the step has no log"));
    }

    private RunFolderView view(String shop, String runId) throws HttpException, UnsafePathException, IOException {
        return RunFolderView.of(folders.folder(shop, runId))
                .orElseThrow(() -> HttpException.notFound("the run has no folder, or not yet"));
    }

    private static HttpException noSuchPath() {
        return HttpException.notFound("no such path; see /api/v1/openapi.json");
    }

    private static Response json(Map<String, @Nullable Object> value) {
        return Response.json(Json.canonical(value));
    }
}
