package dynoai.dashboard.api;

import dynoai.dashboard.http.Handler;
import dynoai.dashboard.http.HttpException;
import dynoai.dashboard.http.Request;
import dynoai.dashboard.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** {@code /health/live}, {@code /health/ready} and {@code /metrics}. */
public final class StatusPages implements Handler {
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Supplier<String> metrics;
    private final Supplier<Pages.Health> live;
    private final Supplier<Pages.Health> ready;

    /** @param metrics the metrics page in Prometheus' text format */
    public StatusPages(Supplier<String> metrics, Supplier<Pages.Health> live, Supplier<Pages.Health> ready) {
        this.metrics = metrics;
        this.live = live;
        this.ready = ready;
    }

    @Override
    public Response answer(Request request) throws HttpException {
        return switch (String.join("/", request.path())) {
            case "metrics" -> {
                Need.OPERATE.check(request.caller());
                yield new Response.Bytes(200, METRICS_TYPE, metrics.get().getBytes(StandardCharsets.UTF_8), "");
            }
            case "health/live" -> text(live.get());
            case "health/ready" -> text(ready.get());
            default -> throw HttpException.notFound("not found");
        };
    }

    private static Response text(Pages.Health health) {
        return Response.text(health.ok() ? 200 : 503, health.text());
    }
}
