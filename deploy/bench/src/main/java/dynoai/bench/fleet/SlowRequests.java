package dynoai.bench.fleet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Requests over TLS that arrive at one byte a second: the headers of every second one, the bodies of the others. Those that the server
 * ends are begun again. One thread runs it.
 */
final class SlowRequests implements Runnable {
    private static final int BODY_BYTES = 4096;

    private final SSLContext tls;
    private final int port;
    private final String token;
    private final int wanted;
    private final List<TlsClient> open = new ArrayList<>();
    private long number;
    private volatile int count;

    SlowRequests(SSLContext tls, int port, String token, int wanted) {
        this.tls = tls;
        this.port = port;
        this.token = token;
        this.wanted = wanted;
    }

    /** How many are open. */
    int open() {
        return count;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                open.removeIf(client -> !sends(client));
                long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
                while (open.size() < wanted && System.nanoTime() < until) {
                    begin();
                }
                count = open.size();
                TimeUnit.NANOSECONDS.sleep(Math.max(0, until - System.nanoTime()));
            }
        } catch (InterruptedException ended) {
            // The process ends.
        }
    }

    private void begin() {
        try {
            TlsClient client = TlsClient.connect(tls, port);
            String head = "POST /v1/logs?name=slow.csv&run_id=slow-" + number + " HTTP/1.1\r\nHost: localhost\r\n"
                    + MadeLog.authorization(token);
            client.write(
                    number++ % 2 == 0
                            ? head + "X-Slow: "
                            : head + "Content-Digest: sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:\r\n"
                                    + "Content-Length: " + BODY_BYTES + "\r\n\r\n");
            open.add(client);
        } catch (IOException refused) {
            // It is tried again in the next second.
        }
    }

    private static boolean sends(TlsClient client) {
        try {
            client.write("x");
            return true;
        } catch (IOException closed) {
            try {
                client.close();
            } catch (IOException ignored) {
                // It is gone in any case.
            }
            return false;
        }
    }
}
