package dynoai.intake.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** Since when each waits for a request, the longest first, so that the next one to close is found at once. Guards both. */
    private final Map<Connection, Long> waiting = new LinkedHashMap<>();

    private final Set<Connection> busy = new HashSet<>();

    ConnectionGuard(HttpLimits limits, Handler handler) {
        super(handler);
        this.limits = limits;
    }

    /** The number of open connections. */
    int count() {
        synchronized (waiting) {
            return waiting.size() + busy.size();
        }
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
        List<Connection> late = new ArrayList<>();
        synchronized (waiting) {
            long now = System.nanoTime();
            Iterator<Map.Entry<Connection, Long>> longestFirst =
                    waiting.entrySet().iterator();
            while (longestFirst.hasNext()) {
                Map.Entry<Connection, Long> next = longestFirst.next();
                if (now - next.getValue() <= limits.head().toNanos()) {
                    break;
                }
                late.add(next.getKey());
                longestFirst.remove();
            }
        }
        late.forEach(ConnectionGuard::cut);
    }

    @Override
    public void onOpened(Connection connection) {
        if (!carriesHttp(connection)) {
            return;
        }
        List<Connection> excess = new ArrayList<>();
        synchronized (waiting) {
            waiting.put(connection, System.nanoTime());
            Iterator<Connection> longestFirst = waiting.keySet().iterator();
            while (count() > limits.connections() && longestFirst.hasNext()) {
                excess.add(longestFirst.next());
                longestFirst.remove();
            }
        }
        excess.forEach(ConnectionGuard::cut);
    }

    /** TLS is a connection around the one that carries HTTP. */
    private static boolean carriesHttp(Connection connection) {
        return connection.getEndPoint() != null
                && connection.getClass().getSimpleName().startsWith("Http");
    }

    /** It no longer counts, though its end is reported a moment later. */
    private static void cut(Connection connection) {
        connection.getEndPoint().close();
    }

    @Override
    public void onClosed(Connection connection) {
        synchronized (waiting) {
            waiting.remove(connection);
            busy.remove(connection);
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        begin(connection);
        Request.addCompletionListener(request, failure -> end(connection));
        return super.handle(request, response, callback);
    }

    private void begin(Connection connection) {
        synchronized (waiting) {
            if (waiting.remove(connection) != null) {
                busy.add(connection);
            }
        }
    }

    private void end(Connection connection) {
        synchronized (waiting) {
            if (busy.remove(connection)) {
                waiting.put(connection, System.nanoTime());
            }
        }
    }
}
