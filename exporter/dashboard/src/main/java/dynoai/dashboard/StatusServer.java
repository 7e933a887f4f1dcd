package dynoai.dashboard;

import dynoai.dashboard.api.Pages;
import dynoai.dashboard.api.StatusPages;
import dynoai.dashboard.http.Access;
import dynoai.dashboard.http.Limits;
import dynoai.dashboard.http.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Health and metrics on a port of their own, which clients of the page cannot exhaust. */
public final class StatusServer implements AutoCloseable {
    private final List<WebServer> servers;

    private StatusServer(List<WebServer> servers) {
        this.servers = servers;
    }

    /**
     * @param ports one or more; 0 for any free one
     * @param token for the metrics; null if they need none
     * @param metrics the metrics page in Prometheus' text format
     * @throws IOException when a port is taken
     */
    public static StatusServer start(
            String host,
            List<Integer> ports,
            @Nullable String token,
            Supplier<String> metrics,
            Supplier<Pages.Health> live,
            Supplier<Pages.Health> ready)
            throws IOException {
        InetAddress address = InetAddress.getByName(host);
        return start(address, ports, Access.ofStatus(address, token), metrics, live, ready);
    }

    static StatusServer start(
            InetAddress address,
            List<Integer> ports,
            Access access,
            Supplier<String> metrics,
            Supplier<Pages.Health> live,
            Supplier<Pages.Health> ready)
            throws IOException {
        StatusPages pages = new StatusPages(metrics, live, ready);
        List<WebServer> servers = new ArrayList<>();
        try {
            for (int port : ports) {
                servers.add(WebServer.start(address, port, access, pages, Limits.STATUS));
            }
        } catch (IOException | RuntimeException e) {
            servers.forEach(WebServer::close);
            throw e;
        }
        return new StatusServer(servers);
    }

    /** Returns the first port. */
    public int port() {
        return servers.get(0).port();
    }

    @Override
    public void close() {
        servers.forEach(WebServer::close);
    }
}
