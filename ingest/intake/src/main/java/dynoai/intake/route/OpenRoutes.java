package dynoai.intake.route;

import dynoai.intake.http.Reply;
import dynoai.intake.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What needs no credential: health, and the description of the protocol. */
public final class OpenRoutes {
    private static final String DESCRIPTION = "openapi.json";

    private final Supplier<String> notReadyReason;

    /** @param notReadyReason empty when logs can be taken */
    public OpenRoutes(Supplier<String> notReadyReason) {
        this.notReadyReason = notReadyReason;
    }

    public List<Route> routes() {
        return List.of(
                Route.open(
                        "GET",
                        "/v1/health/live",
                        exchange -> CompletableFuture.completedFuture(Reply.json(200, Map.of("status", "live")))),
                Route.open("GET", "/v1/health/ready", exchange -> CompletableFuture.completedFuture(ready())),
                Route.open("GET", "/v1/" + DESCRIPTION, exchange -> CompletableFuture.completedFuture(description())));
    }

    /** The reason is in the intake's log and on its port for health: strangers learn nothing of the inside. */
    private Reply ready() {
        return notReadyReason.get().isEmpty()
                ? Reply.json(200, Map.of("status", "ready"))
                : Reply.json(503, Map.of("status", "not ready")).with("Retry-After", "5");
    }

    private static Reply description() {
        try (InputStream in = Objects.requireNonNull(OpenRoutes.class.getResourceAsStream(DESCRIPTION))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Reply.of(200, new Reply.Content.Text("application/json", text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
