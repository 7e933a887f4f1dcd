package dynoai.intake.http;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which no request arrives in time. When there are too many connections, it closes the one that has
 * waited longest for a request, so clients that only hold connections cannot shut out others.
 */
final class ConnectionGuard extends Handler.Wrapper implements Connection.Listener {
    private static final long SWEEP_MILLIS = 500;

    private final HttpLimits limits;
    private final Map<Connection, State> connections = new ConcurrentHashMap<>();

    /** What a connection does, since when. */
    private record State(boolean busy, long sinceNanos) {
        static State now(boolean busy) {
            return new State(busy, System.nanoTime());
        }

        long nanos() {
            return System.nanoTime() - sinceNanos;
        }
    }

    ConnectionGuard(HttpLimits limits, Handler handler) {
        super(handler);
        this.limits = limits;
    }

    /** The number of open connections. */
    int count() {
        return connections.size();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        schedule(getServer().getScheduler());
    }

    private void schedule(Scheduler scheduler) {
        scheduler.schedule(
                () -> {
                    sweep();
                    if (isRunning()) {
                        schedule(scheduler);
                    }
                },
                SWEEP_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        connections.forEach((connection, state) -> {
            if (!state.busy() && state.nanos() > limits.head().toNanos()) {
                cut(connection);
            }
        });
    }

    @Override
    public void onOpened(Connection connection) {
        if (!carriesHttp(connection)) {
            return;
        }
        connections.put(connection, State.now(false));
        Optional<Connection> excess = excess();
        while (excess.isPresent()) {
            cut(excess.get());
            excess = excess();
        }
    }

    /** TLS is a connection around the one that carries HTTP. */
    private static boolean carriesHttp(Connection connection) {
        return connection.getEndPoint() != null
                && connection.getClass().getSimpleName().startsWith("Http");
    }

    /** Returns a connection to close; empty if there are not too many, or all serve requests. */
    private Optional<Connection> excess() {
        if (connections.size() <= limits.connections()) {
            return Optional.empty();
        }
        return connections.entrySet().stream()
                .filter(entry -> !entry.getValue().busy())
                .max(Comparator.comparingLong(entry -> entry.getValue().nanos()))
                .map(Map.Entry::getKey);
    }

    /** It no longer counts, though its end is reported a moment later. */
    private void cut(Connection connection) {
        connections.remove(connection);
        connection.getEndPoint().close();
    }

    @Override
    public void onClosed(Connection connection) {
        connections.remove(connection);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        connections.replace(connection, State.now(true));
        Request.addCompletionListener(request, failure -> connections.replace(connection, State.now(false)));
        return super.handle(request, response, callback);
    }
}
