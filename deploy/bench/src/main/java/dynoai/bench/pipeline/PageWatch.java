package dynoai.bench.pipeline;

import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Follows the dashboard as an open page does: after each event it requests the newest runs. */
final class PageWatch implements AutoCloseable {
    private static final long MAX_WAIT_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;
    private final Stream<String> events;
    private final Map<String, Long> shown = new HashMap<>();
    private volatile boolean closed;

    private PageWatch(URI address) throws IOException, InterruptedException {
        this.address = address;
        this.events = client.send(request("/api/v1/events"), HttpResponse.BodyHandlers.ofLines())
                .body();
    }

    /** @param address of the dashboard */
    static PageWatch open(URI address) throws IOException, InterruptedException {
        PageWatch watch = new PageWatch(address);
        Thread follower = new Thread(watch::follow, "page");
        follower.setDaemon(true);
        follower.start();
        return watch;
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).build();
    }

    private void follow() {
        try {
            events.filter(line -> line.startsWith("data:")).forEach(line -> load());
        } catch (RuntimeException e) {
            if (!closed) {
                throw e;
            }
        }
    }

    private void load() {
        try {
            byte[] answer = client.send(request("/api/v1/runs?size=50"), HttpResponse.BodyHandlers.ofByteArray())
                    .body();
            long now = System.nanoTime();
            synchronized (shown) {
                for (JsonTree run : new JsonTree(Json.read(answer)).at("runs").items()) {
                    if (run.at("front", "largest_pct").value() != null) {
                        shown.putIfAbsent(run.at("file").text(), now);
                    }
                }
                shown.notifyAll();
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the page shows the corrections of all these logs; returns when it showed each. */
    Map<String, Long> await(Set<String> files) throws InterruptedException {
        long until = System.nanoTime() + MAX_WAIT_NANOS;
        synchronized (shown) {
            while (!shown.keySet().containsAll(files)) {
                if (System.nanoTime() > until) {
                    throw new IllegalStateException(
                            "the page shows " + shown.size() + " runs and not all of the " + files.size() + " dropped");
                }
                shown.wait(1000);
            }
            return Map.copyOf(shown);
        }
    }

    @Override
    public void close() {
        closed = true;
        events.close();
    }
}
