package dynoai.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dynoai.schemas.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * A page on loopback that shows the logs and the connection: {@code /} for people, {@code /status.json} for programs. It changes
 * nothing. Requests with the name of another host are rejected, so that no page of a browser can read it under its own name.
 */
public final class StatusPage implements AutoCloseable {
    private static final int BACKLOG = 16;

    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta http-equiv="refresh" content="2">
            <meta name="viewport" content="width=device-width">
            <title>DynoAI agent</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
            table { border-collapse: collapse; width: 100% }
            th, td { border-bottom: 1px solid #bbb; padding: .3rem .6rem .3rem 0; text-align: left; vertical-align: top;
                overflow-wrap: anywhere }
            .bad { color: #a00000; font-weight: bold }
            </style>
            """;

    private final HttpServer server;
    private final ExecutorService thread;
    private final Supplier<AgentStatus> status;
    private final Set<String> hosts;

    private StatusPage(HttpServer server, Supplier<AgentStatus> status) {
        this.server = server;
        this.status = status;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread page = new Thread(task, "dynoai-agent-page");
            page.setDaemon(true);
            return page;
        });
        int port = server.getAddress().getPort();
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
    }

    /** @param port 0 for any that is free */
    public static StatusPage serve(int port, Supplier<AgentStatus> status) throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
        } catch (IOException e) {
            throw new IOException("the page cannot use port " + port + ": " + e.getMessage(), e);
        }
        StatusPage page = new StatusPage(server, status);
        server.setExecutor(page.thread);
        server.createContext("/", page::handle);
        server.start();
        return page;
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String host = exchange.getRequestHeaders().getFirst("Host");
            if (host == null || !hosts.contains(host)) {
                answer(exchange, 403, "text/plain", "this page is for 127.0.0.1\n");
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                answer(exchange, 405, "text/plain", "this page only shows\n");
            } else {
                switch (exchange.getRequestURI().getPath()) {
                    case "/" -> answer(exchange, 200, "text/html", html(status.get()));
                    case "/status.json" ->
                        answer(
                                exchange,
                                200,
                                "application/json",
                                new String(Json.write(status.get().toMap()), StandardCharsets.UTF_8));
                    default -> answer(exchange, 404, "text/plain", "there is / and /status.json\n");
                }
            }
        }
    }

    private static void answer(HttpExchange exchange, int code, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders()
                .set(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(code, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private static String html(AgentStatus status) {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("<h1>Agent ").append(escaped(status.name())).append("</h1>\n<p");
        page.append(status.connected() ? ">" : " class=bad>");
        page.append(escaped(status.intake())).append(status.connected() ? ": connected" : ": not connected");
        status.lastContact()
                .map(Instant::toString)
                .ifPresent(time -> page.append(", last answer ").append(time));
        if (!status.error().isEmpty()) {
            page.append("<br>").append(escaped(status.error()));
        }
        page.append("</p>\n<table><thead><tr><th>Log<th>State<th>Run<th>Remark</thead><tbody>\n");
        for (AgentStatus.Log log : status.logs()) {
            page.append("<tr><td>")
                    .append(escaped(log.file()))
                    .append("<td>")
                    .append(log.state())
                    .append(log.size() > 0 ? " " + 100 * log.sent() / log.size() + " %" : "")
                    .append("<td>")
                    .append(escaped(log.runId()))
                    .append("<td>")
                    .append(escaped(log.detail()))
                    .append('\n');
        }
        return page.append("</tbody></table>\n</html>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
    }
}
