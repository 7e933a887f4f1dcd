package dynoai.dashboard;

import dynoai.dashboard.api.Pages;
import dynoai.dashboard.api.StatusPages;
import dynoai.dashboard.http.Access;
import dynoai.dashboard.http.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.function.Supplier;

/** Health and metrics of a process without a dashboard. They contain no data of logs, so no token is needed. */
public final class StatusServer implements AutoCloseable {
    private final WebServer web;

    private StatusServer(WebServer web) {
        this.web = web;
    }

    /**
     * @param metrics the metrics page in Prometheus' text format
     * @throws IOException when the port is taken
     */
    public static StatusServer start(
            String host, int port, Supplier<String> metrics, Supplier<Pages.Health> live, Supplier<Pages.Health> ready)
            throws IOException {
        return new StatusServer(WebServer.start(
                InetAddress.getByName(host), port, Access.everyone(), new StatusPages(metrics, live, ready)));
    }

    public int port() {
        return web.port();
    }

    @Override
    public void close() {
        web.close();
    }
}
