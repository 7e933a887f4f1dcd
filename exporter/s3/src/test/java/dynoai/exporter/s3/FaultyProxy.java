package dynoai.exporter.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Forwards requests to a server and lets chosen ones fail. */
final class FaultyProxy implements AutoCloseable {
    private static final Set<String> OWN_HEADERS =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding", "http2-settings");

    private final HttpServer proxy;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int server;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();

    /** What happens to a request. */
    enum Kind {
        /** The server does what is asked, and the connection is closed without its answer. */
        LOST_ANSWER,
        /** The server does what is asked, and its answer takes a second. */
        SLOW_ANSWER,
        CONFLICT,
        SERVER_ERROR,
        UNAVAILABLE
    }

    private record Fault(String method, String pathEnd, Kind kind) {}

    FaultyProxy(int server) throws IOException {
        this.server = server;
        this.proxy = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        proxy.setExecutor(threads);
        proxy.createContext("/", this::handle);
        proxy.start();
    }

    int port() {
        return proxy.getAddress().getPort();
    }

    /** Lets the next requests of this kind fail. */
    void next(int times, String method, String pathEnd, Kind kind) {
        for (int i = 0; i < times; i++) {
            faults.add(new Fault(method, pathEnd, kind));
        }
    }

    /** Lets no further request fail. */
    void clear() {
        faults.clear();
    }

    /** Whether every fault has happened. */
    boolean isSpent() {
        return faults.isEmpty();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Fault fault = faults.stream()
                .filter(each -> exchange.getRequestMethod().equals(each.method())
                        && exchange.getRequestURI().getPath().endsWith(each.pathEnd()))
                .findFirst()
                .orElse(null);
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (fault != null && faults.remove(fault)) {
            switch (fault.kind()) {
                case CONFLICT -> {
                    error(exchange, 409, "ConditionalRequestConflict");
                    return;
                }
                case SERVER_ERROR -> {
                    error(exchange, 500, "InternalError");
                    return;
                }
                case UNAVAILABLE -> {
                    error(exchange, 503, "SlowDown");
                    return;
                }
                case SLOW_ANSWER -> LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                case LOST_ANSWER -> {
                    forward(exchange, body);
                    exchange.close();
                    return;
                }
            }
        }
        answer(exchange, forward(exchange, body));
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
        response.headers().map().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            response.headers()
                    .firstValue("content-length")
                    .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
        }
        byte[] body = response.body();
        exchange.sendResponseHeaders(response.statusCode(), head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        byte[] body = ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>")
                .getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        proxy.stop(0);
        threads.shutdownNow();
    }
}
