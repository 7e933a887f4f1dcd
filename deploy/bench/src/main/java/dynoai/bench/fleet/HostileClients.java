package dynoai.bench.fleet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A process of clients that break the rules of an intake, in many ways at the same time. */
public final class HostileClients {
    private static final int OPENED_PER_SECOND = 500;
    private static final int SLOW_REQUESTS = 64;
    private static final int REQUEST_THREADS = 2;
    private static final long PAUSE_MILLIS = 40;
    private static final long LOOK_MILLIS = 50;

    private HostileClients() {}

    /**
     * Takes port, certificate, token and number of connections. Prints a line once that many connections were opened, and after its input
     * has ended a line with what it did.
     */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        SSLContext tls = TlsClient.trusting(Path.of(args[1]));
        String token = args[2];
        int wanted = Integer.parseInt(args[3]);
        SlowConnections connections = new SlowConnections(port, wanted, OPENED_PER_SECOND);
        SlowRequests slow = new SlowRequests(tls, port, token, SLOW_REQUESTS);
        List<HostileRequests> requests = new ArrayList<>();
        start(connections);
        start(slow);
        for (int i = 0; i < REQUEST_THREADS; i++) {
            HostileRequests more = new HostileRequests(tls, port, token, PAUSE_MILLIS);
            requests.add(more);
            start(more);
        }
        while (connections.opened() < wanted || slow.open() < SLOW_REQUESTS) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        System.out.println("open");
        while (System.in.read() >= 0) {
            // The parent only closes it.
        }
        Map<String, Integer> ends = new TreeMap<>();
        requests.forEach(each -> each.ends().forEach((status, count) -> ends.merge(status, count, Integer::sum)));
        System.out.printf(
                "connections opened %d, closed by the intake %d, open %d, not opened %d; slow requests open %d;"
                        + " other requests by status (0: none) %s%n",
                connections.opened(),
                connections.closed(),
                connections.open(),
                connections.failed(),
                slow.open(),
                ends);
        System.exit(0);
    }

    private static void start(Runnable clients) {
        Thread thread = new Thread(clients, clients.getClass().getSimpleName());
        thread.setDaemon(true);
        thread.start();
    }
}
