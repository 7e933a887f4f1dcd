package dynoai.intake.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An HTTPS server. Its threads never wait for a client, so slow clients cost connections but no threads. */
public final class HttpServer implements AutoCloseable {
    private static final int MAX_THREADS = 64;
    private static final int STOP_MILLIS = 5_000;

    private final Server server;
    private final ServerConnector connector;
    private final ConnectionGuard guard;

    private HttpServer(Server server, ServerConnector connector, ConnectionGuard guard) {
        this.server = server;
        this.connector = connector;
        this.guard = guard;
    }

    /**
     * Starts a server.
     *
     * @param tls empty for plain HTTP, on a loopback address only
     * @throws IOException if the address cannot be used
     */
    public static HttpServer start(
            InetSocketAddress address,
            Optional<SslContextFactory.Server> tls,
            HttpLimits limits,
            List<Route> routes,
            Gate gate,
            ExchangeListener listener)
            throws IOException {
        if (tls.isEmpty() && !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("plain HTTP is for loopback addresses only, not " + address);
        }
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("dynoai-intake");
        threads.setDaemon(true);
        Server server = new Server(threads);
        ConnectionGuard guard = new ConnectionGuard(limits, new Router(routes, gate, listener, limits));
        server.setHandler(new GracefulHandler(guard));
        server.setErrorHandler(new ErrorReplies(limits));
        server.setStopTimeout(STOP_MILLIS);
        HttpConnectionFactory http = new HttpConnectionFactory(configuration(limits, tls.isPresent()));
        ServerConnector connector = tls.isPresent()
                ? new ServerConnector(server, new SslConnectionFactory(tls.get(), http.getProtocol()), http)
                : new ServerConnector(server, http);
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(limits.idle().toMillis());
        connector.addBean(guard, false);
        server.addConnector(connector);
        HttpServer started = new HttpServer(server, connector, guard);
        boolean done = false;
        try {
            server.start();
            done = true;
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        } finally {
            if (!done) {
                started.close();
            }
        }
        return started;
    }

    private static HttpConfiguration configuration(HttpLimits limits, boolean secure) {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(limits.headerBytes());
        http.setSendServerVersion(false);
        // Behind a proxy the client's address is in a header, which a client that connects by itself could invent.
        http.addCustomizer(secure ? new SecureRequestCustomizer(false) : new ForwardedRequestCustomizer());
        return http;
    }

    /** The port, which the system chose if the address had port 0. */
    public int port() {
        return connector.getLocalPort();
    }

    /** The number of open connections. */
    public int connections() {
        return guard.count();
    }

    /** Accepts nothing more, waits a moment for requests that are being served, and stops. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop", e);
        }
    }
}
