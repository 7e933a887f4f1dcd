package dynoai.bench.fleet;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Requests that break a rule, one after the other, each on a connection of its own and with the token of a shop. One thread runs
 * it.
 */
final class HostileRequests implements Runnable {
    private static final int BOMB_BYTES = 4 << 20;
    private static final int CHUNK = 1 << 14;

    private final SSLContext tls;
    private final int port;
    private final String token;
    private final long pauseMillis;
    private final Map<String, Integer> ends = new TreeMap<>();
    private long number;

    /** Breaks a rule. Returns the status of the answer. */
    @FunctionalInterface
    private interface Attack {
        int on(TlsClient client) throws IOException;
    }

    /** @param pauseMillis after each request */
    HostileRequests(SSLContext tls, int port, String token, long pauseMillis) {
        this.tls = tls;
        this.port = port;
        this.token = token;
        this.pauseMillis = pauseMillis;
    }

    /** How often requests ended with each status; 0 for those that ended without one. */
    synchronized Map<String, Integer> ends() {
        return new TreeMap<>(ends);
    }

    @Override
    public void run() {
        List<Attack> attacks = List.of(
                this::shorterThanItsLength,
                this::otherHash,
                this::hugeLength,
                this::endlessChunks,
                this::beyondItsUpload,
                this::hugeHeader,
                client -> answered(client, "GET /v1/runs/..%2f..%2fetc%2fpasswd"),
                client -> answered(client, "GET /v1/runs/x/files/..%2f..%2ftoken"),
                client -> answered(client, "POST /v1/logs?name=..%2F..%2Fa.csv"));
        try {
            while (!Thread.currentThread().isInterrupted()) {
                for (Attack attack : attacks) {
                    try (TlsClient client = TlsClient.connect(tls, port)) {
                        count(attack.on(client));
                    } catch (IOException cut) {
                        count(0);
                    }
                    TimeUnit.MILLISECONDS.sleep(pauseMillis);
                }
                garbage();
            }
        } catch (InterruptedException ended) {
            // The process ends.
        }
    }

    private synchronized void count(int status) {
        ends.merge(String.valueOf(status), 1, Integer::sum);
    }

    private String begin(String line) {
        return line + " HTTP/1.1\r\nHost: localhost\r\n" + MadeLog.authorization(token);
    }

    private int answered(TlsClient client, String line) throws IOException {
        client.write(begin(line) + "\r\n");
        return client.answer().status();
    }

    private MadeLog log() {
        return MadeLog.unique("hostile-" + Thread.currentThread().getId() + '-' + number++, new byte[CHUNK]);
    }

    private int shorterThanItsLength(TlsClient client) throws IOException {
        MadeLog log = log();
        client.write(begin("POST /v1/logs?name=a.csv&run_id=" + log.name())
                + "Content-Digest: sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:\r\nContent-Length: "
                + BOMB_BYTES
                + "\r\n\r\n" + "x".repeat(CHUNK));
        return 0; // Closes the connection.
    }

    private int otherHash(TlsClient client) throws IOException {
        return log().withOtherBytes().post(client, token).status();
    }

    private int hugeLength(TlsClient client) throws IOException {
        client.write(begin("POST /v1/logs?name=a.csv") + "Content-Length: " + Long.MAX_VALUE + "\r\n\r\n");
        return client.answer().status();
    }

    private int endlessChunks(TlsClient client) throws IOException {
        client.write(begin("POST /v1/logs?name=a.csv") + "Transfer-Encoding: chunked\r\n\r\n");
        return flood(client);
    }

    private int beyondItsUpload(TlsClient client) throws IOException {
        MadeLog log = log();
        client.send(begin("POST /v1/uploads").replace("Host: localhost\r\n", "")
                + "Tus-Resumable: 1.0.0\r\nUpload-Length: 100\r\nUpload-Metadata: " + log.metadata() + "\r\n");
        client.write(begin("PATCH /v1/uploads/" + log.name())
                + "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n");
        return flood(client);
    }

    /** Sends chunks until the server closes the connection, up to a few megabytes. */
    private static int flood(TlsClient client) throws IOException {
        String chunk = Integer.toHexString(CHUNK) + "\r\n" + "x".repeat(CHUNK) + "\r\n";
        for (int sent = 0; sent < BOMB_BYTES; sent += CHUNK) {
            client.write(chunk);
        }
        return client.answer().status();
    }

    private int hugeHeader(TlsClient client) throws IOException {
        client.write(begin("GET /v1/runs/x") + "X: " + "x".repeat(1 << 20));
        return client.answer().status();
    }

    /** Sends what is not TLS. */
    private void garbage() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                OutputStream out = socket.getOutputStream()) {
            out.write(begin("GET /v1/runs/x").getBytes(StandardCharsets.US_ASCII));
            count(0);
        } catch (IOException cut) {
            count(0);
        }
    }
}
