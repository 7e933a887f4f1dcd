package dynoai.dashboard.api;

import dynoai.dashboard.board.Page;
import dynoai.dashboard.board.Query;
import dynoai.dashboard.board.RunBoard;
import dynoai.dashboard.board.RunLine;
import dynoai.dashboard.board.Throughput;
import dynoai.dashboard.http.HttpException;
import dynoai.dashboard.http.Request;
import dynoai.dashboard.http.Response;
import dynoai.dashboard.runs.CellSession;
import dynoai.dashboard.runs.Fields;
import dynoai.dashboard.runs.RunComparison;
import dynoai.dashboard.runs.RunFolderView;
import dynoai.dashboard.runs.RunFolders;
import dynoai.dashboard.runs.TimelineView;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The read-only API under {@code /api/v1}. */
public final class Api {
    private static final int PAGE_SIZE = 50;
    private static final int MAX_PAGE = 1_000_000;
    private static final int MAX_OTHER_RUNS = 200;
    private static final int MAX_NAMES = 1000;

    private final RunBoard board;
    private final RunFolders folders;
    private final BoardEventSource events;

    /** @param degraded why runs may be missing or late; empty if they are not */
    public Api(RunBoard board, Throughput throughput, RunFolders folders, Supplier<String> degraded) {
        this.board = board;
        this.folders = folders;
        this.events = new BoardEventSource(board, throughput, degraded);
    }

    /** @param path the parts after {@code /api/v1/} */
    public Response answer(List<String> path, Request request) throws HttpException, IOException {
        String what = path.isEmpty() ? "" : path.get(0);
        try {
            if (path.size() == 1) {
                switch (what) {
                    case "runs":
                        return json(runs(request));
                    case "shops":
                        return json(new Fields()
                                .put("shops", BoardJson.shops(board))
                                .map());
                    case "events":
                        return new Response.Stream(events);
                    default:
                        break;
                }
            } else if (what.equals("runs") && path.size() >= 3) {
                return run(path.get(1), path.get(2), path.subList(3, path.size()), request);
            } else if (what.equals("cells") && path.size() == 3) {
                return json(cell(path.get(1), path.get(2)));
            }
        } catch (UnsafePathException e) {
            throw HttpException.badRequest(String.valueOf(e.getMessage()));
        }
        throw HttpException.notFound("no such path; see /api/v1/openapi.json");
    }

    private Map<String, @Nullable Object> runs(Request request) throws HttpException {
        if (!Query.isState(request.parameter("state"))) {
            throw HttpException.badRequest("state must be a state of runs, in_flight or warning");
        }
        Query query = new Query(
                request.parameter("q"),
                request.parameter("shop"),
                request.parameter("cell"),
                request.parameter("state"),
                request.number("page", 1, MAX_PAGE),
                request.number("size", PAGE_SIZE, Query.MAX_SIZE));
        long version = board.version();
        Page page = board.page(query);
        return new Fields()
                .put("version", version)
                .put("total", page.total())
                .put("page", query.page())
                .put("size", query.size())
                .put("runs", BoardJson.lines(page.runs()))
                .put("shops", BoardJson.names(board.shops(), MAX_NAMES))
                .put("cells", BoardJson.names(board.cells(query.shop()), MAX_NAMES))
                .map();
    }

    private Response run(String shop, String runId, List<String> rest, Request request)
            throws HttpException, UnsafePathException, IOException {
        String what = String.join("/", rest);
        switch (rest.size()) {
            case 0:
                return json(details(shop, runId));
            case 1:
                RunFolderView view = view(shop, runId);
                if (what.equals("grids")) {
                    return json(new Fields()
                            .put("axes", RunFolderView.axes())
                            .put("grids", view.grids())
                            .map());
                } else if (what.equals("timeline")) {
                    return json(TimelineView.of(view.path()));
                } else if (what.equals("compare")) {
                    return json(comparison(view, request.parameter("with")));
                }
                break;
            case 2:
                if (rest.get(0).equals("files")) {
                    Path file = view(shop, runId)
                            .file(rest.get(1))
                            .orElseThrow(() -> HttpException.notFound("the run has no such file"));
                    return new Response.Download(file);
                }
                break;
            default:
                break;
        }
        throw HttpException.notFound("no such path; a run has grids, timeline, compare and files");
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

    private List<Object> comparable(RunLine line) {
        List<Object> others = new ArrayList<>();
        for (RunLine other : board.comparable(line, MAX_OTHER_RUNS)) {
            Map<String, @Nullable Object> step = CellSession.step(other);
            step.put("cell", other.cell());
            step.put("vehicle", other.findings().vehicle());
            others.add(step);
        }
        return others;
    }

    private List<Object> iterations(RunLine line) {
        List<Object> steps = new ArrayList<>();
        List<RunLine> runs = board.iterations(line.shop(), line.cell());
        for (RunLine run : runs.subList(Math.max(0, runs.size() - MAX_OTHER_RUNS), runs.size())) {
            steps.add(CellSession.step(run));
        }
        return steps;
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

    private Map<String, @Nullable Object> cell(String shop, String cell) throws HttpException, IOException {
        List<RunLine> runs = board.iterations(shop, cell);
        if (runs.isEmpty()) {
            throw HttpException.notFound("the cell has no successful run");
        }
        Fields fields = new Fields().put("shop", shop).put("cell", cell);
        CellSession.of(runs, folders).forEach(fields::put);
        return fields.map();
    }

    private RunFolderView view(String shop, String runId) throws HttpException, UnsafePathException, IOException {
        return RunFolderView.of(folders.folder(shop, runId))
                .orElseThrow(() -> HttpException.notFound("the run has no folder, or not yet"));
    }

    private static Response json(Map<String, @Nullable Object> value) {
        return Response.json(Json.canonical(value));
    }
}
