package dynoai.dashboard.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A web server for reading only. The JDK's server has no limits by default; they are set here for the whole process, since
 * the JDK reads them from system properties.
 */
public final class WebServer implements AutoCloseable {
    private static final int BACKLOG = 64;
    private static final int MAX_CONNECTIONS = 400;
    private static final int THREADS = 8;
    private static final int MAX_STREAMS = 100;
    private static final int REQUEST_SECONDS = 10;
    private static final int RESPONSE_SECONDS = 300;
    private static final int IDLE_SECONDS = 30;
    private static final int MAX_HEADERS = 64;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final HttpServer server;
    private final ExecutorService threads;
    private final ExecutorService streamThreads;
    private final Semaphore streams = new Semaphore(MAX_STREAMS);
    private final LongAdder answered = new LongAdder();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Access access;
    private final Handler handler;

    private WebServer(HttpServer server, Access access, Handler handler) {
        this.server = server;
        this.access = access;
        this.handler = handler;
        // Each connection has one request at a time, so the queue never overflows.
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_CONNECTIONS + BACKLOG),
                WebServer::daemon);
        this.streamThreads = new ThreadPoolExecutor(
                0, MAX_STREAMS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), WebServer::daemon);
    }

    /** @param port 0 for any free one */
    public static WebServer start(InetAddress address, int port, Access access, Handler handler) throws IOException {
        limit("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        limit("sun.net.httpserver.maxRspTime", RESPONSE_SECONDS);
        limit("sun.net.httpserver.idleInterval", IDLE_SECONDS);
        limit("sun.net.httpserver.maxIdleConnections", MAX_CONNECTIONS);
        limit("sun.net.httpserver.maxReqHeaders", MAX_HEADERS);
        limit("sun.net.httpserver.maxReqHeaderSize", MAX_HEADER_BYTES);
        limit("jdk.httpserver.maxConnections", MAX_CONNECTIONS);
        System.setProperty("sun.net.httpserver.nodelay", "true");
        WebServer web =
                new WebServer(HttpServer.create(new InetSocketAddress(address, port), BACKLOG), access, handler);
        web.server.setExecutor(web.threads);
        web.server.createContext("/", web::exchange);
        web.server.start();
        return web;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Returns the number of open event streams. */
    public int openStreams() {
        return MAX_STREAMS - streams.availablePermits();
    }

    /** Returns the number of requests answered so far, with any status. */
    public long answered() {
        return answered.sum();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
        streamThreads.shutdownNow();
    }

    private void exchange(HttpExchange exchange) throws IOException {
        boolean streaming = false;
        answered.increment();
        try {
            streaming = answer(exchange);
        } catch (HttpException e) {
            send(exchange, Response.text(e.status(), String.valueOf(e.getMessage())));
        } catch (RuntimeException | IOException e) {
            if (exchange.getResponseCode() >= 0) {
                throw e; // Too late for a status: the connection is closed.
            }
            send(exchange, Response.text(500, "internal error: " + e));
        } finally {
            if (!streaming) {
                exchange.close();
            }
        }
    }

    /** Returns whether the response is an event stream, which stays open. */
    private boolean answer(HttpExchange exchange) throws HttpException, IOException {
        addSecurityHeaders(exchange.getResponseHeaders());
        Headers headers = exchange.getRequestHeaders();
        if (!access.isKnownHost(headers)) {
            throw new HttpException(421, "unknown Host header");
        }
        if (!METHODS.contains(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            throw new HttpException(405, "only GET and HEAD are allowed");
        }
        Request request = Request.of(
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery(),
                headers.getFirst("If-None-Match"));
        if (access.isToken(request.parameter("token"))) {
            exchange.getResponseHeaders()
                    .set(
                            "Set-Cookie",
                            Access.COOKIE + "=" + request.parameter("token") + "; Path=/; HttpOnly; SameSite=Strict");
            exchange.getResponseHeaders().set("Location", "/");
            exchange.sendResponseHeaders(303, -1);
            return false;
        }
        boolean probe = request.path().get(0).equals("health");
        if (!probe && !access.isAllowed(headers)) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            throw new HttpException(401, "access token required: open /?token=… once, or send it as a Bearer token");
        }
        Response response = handler.answer(request);
        if (response instanceof Response.Stream stream) {
            @Nullable String lastEventId = headers.getFirst("Last-Event-ID");
            return stream(exchange, stream.events(), lastEventId == null ? "" : lastEventId);
        }
        if (response instanceof Response.Bytes bytes
                && !bytes.tag().isEmpty()
                && request.ifNoneMatch().equals(bytes.tag())) {
            exchange.getResponseHeaders().set("ETag", bytes.tag());
            exchange.sendResponseHeaders(304, -1);
            return false;
        }
        send(exchange, response);
        return false;
    }

    private static void addSecurityHeaders(Headers headers) {
        headers.set("Content-Security-Policy", CONTENT_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cache-Control", "no-cache");
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        Headers headers = exchange.getResponseHeaders();
        if (response instanceof Response.Bytes bytes) {
            headers.set("Content-Type", bytes.contentType());
            if (!bytes.tag().isEmpty()) {
                headers.set("ETag", bytes.tag());
            }
            exchange.sendResponseHeaders(bytes.status(), head || bytes.body().length == 0 ? -1 : bytes.body().length);
            if (!head) {
                exchange.getResponseBody().write(bytes.body());
            }
        } else if (response instanceof Response.Download download) {
            String name = download.file().getFileName().toString();
            headers.set("Content-Type", "application/octet-stream");
            headers.set(
                    "Content-Disposition", "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + '"');
            long size = Files.size(download.file());
            exchange.sendResponseHeaders(200, head || size == 0 ? -1 : size);
            if (!head) {
                Files.copy(download.file(), exchange.getResponseBody());
            }
        }
    }

    /** Streams have their own threads, so that open pages do not delay other requests. */
    private boolean stream(HttpExchange exchange, EventStream.Source source, String lastEventId)
            throws HttpException, IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return false;
        }
        if (!streams.tryAcquire()) {
            exchange.getResponseHeaders().set("Retry-After", "10");
            throw new HttpException(503, "too many open event streams");
        }
        streamThreads.execute(() -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                OutputStream out = exchange.getResponseBody();
                EventStream.run(source, lastEventId, out, closing);
            } catch (IOException ignored) {
                // The browser closed the page.
            } finally {
                streams.release();
            }
        });
        return true;
    }

    private static void limit(String property, int value) {
        System.setProperty(property, Integer.toString(value));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "dynoai-web");
        thread.setDaemon(true);
        return thread;
    }
}
