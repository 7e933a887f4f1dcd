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
 * A small web server that only ever reads. The JDK's server has no limits of its own; they are all set here, once for the
 * process, since the JDK reads them from system properties.
 */
public final class WebServer implements AutoCloseable {
    private static final int BACKLOG = 64;
    private static final int CONNECTIONS = 400;
    private static final int THREADS = 8;
    private static final int STREAMS = 100;
    private static final int REQUEST_SECONDS = 10;
    private static final int RESPONSE_SECONDS = 300;
    private static final int IDLE_SECONDS = 30;
    private static final int HEADERS = 64;
    private static final int HEADER_BYTES = 16 * 1024;
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final HttpServer server;
    private final ExecutorService threads;
    private final ExecutorService streamThreads;
    private final Semaphore streams = new Semaphore(STREAMS);
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
                new ArrayBlockingQueue<>(CONNECTIONS + BACKLOG),
                WebServer::daemon);
        this.streamThreads = new ThreadPoolExecutor(
                0, STREAMS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), WebServer::daemon);
    }

    /** @param port 0 for any free one */
    public static WebServer start(InetAddress address, int port, Access access, Handler handler) throws IOException {
        limit("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        limit("sun.net.httpserver.maxRspTime", RESPONSE_SECONDS);
        limit("sun.net.httpserver.idleInterval", IDLE_SECONDS);
        limit("sun.net.httpserver.maxIdleConnections", CONNECTIONS);
        limit("sun.net.httpserver.maxReqHeaders", HEADERS);
        limit("sun.net.httpserver.maxReqHeaderSize", HEADER_BYTES);
        limit("jdk.httpserver.maxConnections", CONNECTIONS);
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

    /** Pages that are open and listening. */
    public int openStreams() {
        return STREAMS - streams.availablePermits();
    }

    /** Requests answered so far, whatever the answer was. */
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
        boolean handedOn = false;
        answered.increment();
        try {
            handedOn = answer(exchange);
        } catch (HttpException none) {
            send(exchange, Response.text(none.status(), String.valueOf(none.getMessage())));
        } finally {
            if (!handedOn) {
                exchange.close();
            }
        }
    }

    private boolean answer(HttpExchange exchange) throws HttpException, IOException {
        guard(exchange.getResponseHeaders());
        Headers headers = exchange.getRequestHeaders();
        if (!access.isMeant(headers)) {
            send(exchange, Response.text(421, "this server goes by another name"));
            return false;
        }
        if (!METHODS.contains(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            send(exchange, Response.text(405, "nothing can be changed here"));
            return false;
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
            send(exchange, Response.text(401, "a token is needed: open /?token=… once, or send it as Bearer"));
            return false;
        }
        Response answer = handler.answer(request);
        if (answer instanceof Response.Stream stream) {
            @Nullable String known = headers.getFirst("Last-Event-ID");
            return stream(exchange, stream.events(), known == null ? "" : known);
        }
        if (answer instanceof Response.Bytes bytes
                && !bytes.tag().isEmpty()
                && request.ifNoneMatch().equals(bytes.tag())) {
            exchange.getResponseHeaders().set("ETag", bytes.tag());
            exchange.sendResponseHeaders(304, -1);
            return false;
        }
        send(exchange, answer);
        return false;
    }

    private static void guard(Headers headers) {
        headers.set("Content-Security-Policy", CONTENT_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cache-Control", "no-cache");
    }

    private static void send(HttpExchange exchange, Response answer) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        Headers headers = exchange.getResponseHeaders();
        if (answer instanceof Response.Bytes bytes) {
            headers.set("Content-Type", bytes.contentType());
            if (!bytes.tag().isEmpty()) {
                headers.set("ETag", bytes.tag());
            }
            exchange.sendResponseHeaders(bytes.status(), head || bytes.body().length == 0 ? -1 : bytes.body().length);
            if (!head) {
                exchange.getResponseBody().write(bytes.body());
            }
        } else if (answer instanceof Response.Download download) {
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

    /** Streams have threads of their own, so that open pages never keep others from being answered. */
    private boolean stream(HttpExchange exchange, EventStream.Source source, String known) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return false;
        }
        if (!streams.tryAcquire()) {
            exchange.getResponseHeaders().set("Retry-After", "10");
            send(exchange, Response.text(503, "too many pages are open"));
            return false;
        }
        streamThreads.execute(() -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                OutputStream out = exchange.getResponseBody();
                EventStream.run(source, known, out, closing);
            } catch (IOException wentAway) {
                // A page was closed: nothing to do, nobody to tell.
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
