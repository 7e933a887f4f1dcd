package dynoai.dashboard.api;

import dynoai.catalogue.CatalogueException;
import dynoai.dashboard.act.Acts;
import dynoai.dashboard.http.Assets;
import dynoai.dashboard.http.Body;
import dynoai.dashboard.http.Handler;
import dynoai.dashboard.http.HttpException;
import dynoai.dashboard.http.Post;
import dynoai.dashboard.http.Request;
import dynoai.dashboard.http.Response;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Routes requests to pages, assets, status and the API. */
public final class Pages implements Handler {
    private final Assets assets = new Assets(
            Pages.class,
            "/dynoai/dashboard/web",
            List.of(
                    "list.html",
                    "run.html",
                    "cell.html",
                    "style.css",
                    "shared.js",
                    "list.js",
                    "run.js",
                    "verdict.js",
                    "grids.js",
                    "copying.js",
                    "compare.js",
                    "findings.js",
                    "frame.js",
                    "timeline.js",
                    "uPlot.iife.min.js",
                    "uPlot.min.css",
                    "cell.js",
                    "recipes.html",
                    "recipes.js",
                    "recipe.html",
                    "recipe.js",
                    "rejected.html",
                    "rejected.js",
                    "sign-in.html",
                    "audit.html",
                    "audit.js",
                    "fleet.html",
                    "fleet.js",
                    "actions.js",
                    "openapi.json"));
    private final Views views;
    private final @Nullable Acts acts;
    private final List<Route> routes = new ArrayList<>();

    /** @param text one line to show */
    public record Health(boolean ok, String text) {}

    /**
     * @param acts null for pages that only show
     * @param metrics the metrics page in Prometheus' text format
     */
    public Pages(
            Api api,
            Views views,
            @Nullable Acts acts,
            Supplier<String> metrics,
            Supplier<Health> live,
            Supplier<Health> ready) {
        this.views = views;
        this.acts = acts;
        StatusPages status = new StatusPages(metrics, live, ready);
        routes.addAll(List.of(
                page("", "list.html"),
                page("runs/{shop}/{run_id}", "run.html"),
                page("cells/{shop}/{cell}", "cell.html"),
                page("recipes", "recipes.html"),
                page("recipes/{recipe}/{run}", "recipe.html"),
                page("rejected", "rejected.html"),
                page("audit", "audit.html"),
                page("fleet", "fleet.html"),
                new Route("assets/{name}", Need.NOTHING, call -> asset(call.id("name"))),
                new Route(Api.PATH + "openapi.json", Need.NOTHING, call -> asset("openapi.json")),
                new Route("health/live", Need.NOTHING, call -> status.answer(call.request())),
                new Route("health/ready", Need.NOTHING, call -> status.answer(call.request())),
                new Route("metrics", Need.OPERATE, call -> status.answer(call.request()))));
        routes.addAll(api.routes());
    }

    /** The pages are files without content of runs, which their scripts get from the API. */
    private Route page(String path, String file) {
        return new Route(path, Need.TOKEN, call -> asset(file));
    }

    List<Route> routes() {
        return routes;
    }

    @Override
    public Response answer(Request request) throws HttpException, IOException {
        try {
            for (Route route : routes) {
                Optional<Map<String, String>> ids = route.match(request.path());
                if (ids.isPresent()) {
                    return route.answer(request, ids.get(), views);
                }
            }
            throw HttpException.notFound("no such path; see /api/v1/openapi.json");
        } catch (NoSuchFileException e) {
            throw Route.notFound();
        } catch (UnsafePathException e) {
            throw HttpException.badRequest(String.valueOf(e.getMessage()));
        } catch (InvalidRunFolderException e) {
            throw HttpException.of(409, String.valueOf(e.getMessage()));
        } catch (CatalogueException | StoreUnavailableException e) {
            boolean shown = request.caller().isOperator();
            throw HttpException.of(
                    503, shown ? String.valueOf(e.getMessage()) : "the runs cannot be read at the moment");
        }
    }

    @Override
    public boolean isOpen(Request request) {
        return routes.stream()
                .anyMatch(route -> route.need() == Need.NOTHING
                        && route.match(request.path()).isPresent());
    }

    /** Everything that browsers show is signed in to on its own address. */
    @Override
    public Optional<Response.Bytes> signInPage(Request request) {
        String first = request.path().get(0);
        return first.equals("api") || first.equals("metrics") || first.equals("health")
                ? Optional.empty()
                : assets.find("sign-in.html").map(page -> new Response.Bytes(401, page.contentType(), page.body(), ""));
    }

    @Override
    public Body receive(Post post) throws HttpException, IOException {
        List<String> path = post.request().path();
        if (acts == null || path.size() != 4 || !path.subList(0, 3).equals(Api.ACTS)) {
            throw HttpException.notAllowed("GET, HEAD");
        }
        return acts.receive(path.get(3), post);
    }

    @Override
    public void refused(String path, String sender, int code, String why) {
        if (acts != null) {
            acts.refused(path, sender, code, why);
        }
    }

    private Response asset(String name) throws HttpException {
        return assets.find(name).orElseThrow(Route::notFound);
    }
}
