package dynoai.app.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells whoever watches a process how it is: {@code /health/live} (start it anew when not) and {@code /health/ready}. The
 * JDK's server has no limits of its own, so they are set here.
 */
public final class HealthServer implements AutoCloseable {
    private static final int BACKLOG = 16;
    private static final int THREADS = 2;
    private static final int WAITING = 32;
    private static final String SECONDS = "10";
    private static final String CONNECTIONS = "64";

    /**
     * How something is.
     *
     * @param ok whether all is well
     * @param text one line for a person
     */
    public record Health(boolean ok, String text) {}

    private final HttpServer server;
    private final ExecutorService threads;

    private HealthServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * @param live asked for {@code /health/live}
     * @param ready asked for {@code /health/ready}
     */
    public static HealthServer start(String host, int port, Supplier<Health> live, Supplier<Health> ready)
            throws IOException {
        System.setProperty("sun.net.httpserver.maxReqTime", SECONDS);
        System.setProperty("sun.net.httpserver.maxRspTime", SECONDS);
        System.setProperty("sun.net.httpserver.idleInterval", SECONDS);
        System.setProperty("jdk.httpserver.maxConnections", CONNECTIONS);
        System.setProperty("sun.net.httpserver.maxReqHeaders", CONNECTIONS);
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
        ExecutorService threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                task -> {
                    Thread thread = new Thread(task, "dynoai-health");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
        server.setExecutor(threads);
        server.createContext("/health/live", exchange -> answer(exchange, "/health/live", live));
        server.createContext("/health/ready", exchange -> answer(exchange, "/health/ready", ready));
        server.start();
        return new HealthServer(server, threads);
    }

    private static void answer(HttpExchange exchange, String path, Supplier<Health> asked) throws IOException {
        try (exchange) {
            boolean known = exchange.getRequestURI().getPath().equals(path);
            boolean get = exchange.getRequestMethod().equals("GET");
            Health health = asked.get();
            int status = !known ? 404 : !get ? 405 : health.ok() ? 200 : 503;
            byte[] body = ((known ? health.text() : "there is nothing here") + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
