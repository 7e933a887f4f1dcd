package dynoai.intake;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Forwards HTTP/1.1 requests and cuts the connection when an upload has a number of bytes, or when the last byte was answered but
 * the answer did not leave. Each cut happens once.
 */
final class CuttingProxy implements AutoCloseable {
    private final int target;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Long> cuts = new ConcurrentSkipListSet<>();
    private final AtomicInteger lostReplies = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();

    CuttingProxy(int target) throws IOException {
        this.target = target;
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void cutAt(long bytes) {
        cuts.add(bytes);
    }

    /** Loses the answers of this number of requests that send bytes. */
    void loseReplies(int count) {
        lostReplies.set(count);
    }

    /** The connections that were cut. */
    int made() {
        return made.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException ignored) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket intake = new Socket(InetAddress.getLoopbackAddress(), target)) {
            InputStream in = client.getInputStream();
            while (true) {
                String head = head(in);
                intake.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
                boolean sends = head.startsWith("PATCH ");
                if (!forward(
                        in,
                        intake.getOutputStream(),
                        number(head, "content-length"),
                        sends ? number(head, "upload-offset") : -1)) {
                    made.incrementAndGet();
                    return;
                }
                String answer = head(intake.getInputStream());
                byte[] body = head.startsWith("HEAD ") || answer.contains(" 204 ")
                        ? new byte[0]
                        : intake.getInputStream().readNBytes((int) number(answer, "content-length"));
                if (sends && lostReplies.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    made.incrementAndGet();
                    return;
                }
                client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                client.getOutputStream().write(body);
            }
        } catch (IOException ignored) {
            // One of the two ended the connection.
        }
    }

    /** Returns false if the connection is to be cut. */
    private boolean forward(InputStream in, OutputStream out, long length, long offset) throws IOException {
        long left = length;
        Long cut = null;
        if (offset >= 0) {
            cut = cuts.stream()
                    .filter(at -> at >= offset && at < offset + length)
                    .findFirst()
                    .orElse(null);
        }
        if (cut != null) {
            cuts.remove(cut);
            left = cut - offset;
        }
        byte[] buffer = new byte[8192];
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException();
            }
            out.write(buffer, 0, count);
            left -= count;
        }
        return cut == null;
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static long number(String head, String header) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, header + ":", 0, header.length() + 1))
                .map(line -> Long.parseLong(line.substring(header.length() + 1).trim()))
                .findFirst()
                .orElse(0L);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
