package dynoai.dashboard.api;

import dynoai.dashboard.act.Acts;
import dynoai.dashboard.http.Assets;
import dynoai.dashboard.http.Body;
import dynoai.dashboard.http.Handler;
import dynoai.dashboard.http.HttpException;
import dynoai.dashboard.http.Post;
import dynoai.dashboard.http.Request;
import dynoai.dashboard.http.Response;
import java.io.IOException;
import java.util.List;
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
                    "audit.html",
                    "audit.js",
                    "actions.js",
                    "openapi.json"));
    private final Api api;
    private final StatusPages status;
    private final @Nullable Acts acts;

    /** @param text one line to show */
    public record Health(boolean ok, String text) {}

    /**
     * @param acts null for pages that only show
     * @param metrics the metrics page in Prometheus' text format
     */
    public Pages(
            Api api, @Nullable Acts acts, Supplier<String> metrics, Supplier<Health> live, Supplier<Health> ready) {
        this.api = api;
        this.acts = acts;
        this.status = new StatusPages(metrics, live, ready);
    }

    @Override
    public Response answer(Request request) throws HttpException, IOException {
        List<String> path = request.path();
        return switch (path.get(0)) {
            case "" -> asset("list.html", path.size() == 1);
            case "runs" -> asset("run.html", path.size() == 3);
            case "cells" -> asset("cell.html", path.size() == 3);
            case "recipes" ->
                asset(path.size() == 1 ? "recipes.html" : "recipe.html", path.size() == 1 || path.size() == 3);
            case "rejected" -> asset("rejected.html", path.size() == 1);
            case "audit" -> asset("audit.html", path.size() == 1);
            case "assets" -> asset(path.get(path.size() - 1), path.size() == 2);
            case "metrics", "health" -> status.answer(request);
            case "api" -> api(path, request);
            default -> throw notFound();
        };
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

    private Response api(List<String> path, Request request) throws HttpException, IOException {
        if (path.size() < 3 || !path.get(1).equals("v1")) {
            throw notFound();
        }
        return path.get(2).equals("openapi.json")
                ? asset("openapi.json", path.size() == 3)
                : api.answer(path.subList(2, path.size()), request);
    }

    private Response asset(String name, boolean found) throws HttpException {
        return assets.find(found ? name : "").orElseThrow(Pages::notFound);
    }

    private static HttpException notFound() {
        return HttpException.notFound("not found");
    }
}
