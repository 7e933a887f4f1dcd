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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Forwards HTTP/1.1 requests and cuts the connection when an upload has a number of bytes, or when the last byte was answered but
 * the answer did not leave. Each cut happens once.
 */
public final class CuttingProxy implements AutoCloseable {
    private final Server target;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Long> cuts = new ConcurrentSkipListSet<>();
    private final AtomicInteger lostReplies = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();
    private final Set<String> madeInUploads = ConcurrentHashMap.newKeySet();
    private volatile long cutPart;
    private volatile long lostEnd = -1;

    /** Where requests go. */
    @FunctionalInterface
    public interface Server {
        Socket connect() throws IOException;
    }

    CuttingProxy(int port) throws IOException {
        this(() -> new Socket(InetAddress.getLoopbackAddress(), port));
    }

    public CuttingProxy(Server target) throws IOException {
        this.target = target;
        threads.execute(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    void cutAt(long bytes) {
        cuts.add(bytes);
    }

    /** Cuts each upload at every multiple of a number of bytes, and one byte before and behind it. */
    public void cutAroundEach(long bytes) {
        cutPart = bytes;
    }

    /** Loses the answer of the request that brings an upload to this number of bytes. */
    public void loseReplyAt(long bytes) {
        lostEnd = bytes;
    }

    /** Loses the answers of this number of requests that send bytes. */
    void loseReplies(int count) {
        lostReplies.set(count);
    }

    /** The connections that were cut. */
    public int made() {
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
                Socket intake = target.connect()) {
            InputStream in = client.getInputStream();
            while (true) {
                String head = head(in);
                intake.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
                boolean sends = head.startsWith("PATCH ");
                long length = number(head, "content-length");
                long offset = sends ? number(head, "upload-offset") : -1;
                if (!forward(in, intake.getOutputStream(), length, beforeCut(head, offset, length))) {
                    made.incrementAndGet();
                    return;
                }
                String answer = head(intake.getInputStream());
                byte[] body = head.startsWith("HEAD ") || answer.contains(" 204 ")
                        ? new byte[0]
                        : intake.getInputStream().readNBytes((int) number(answer, "content-length"));
                if (sends && isLost(offset + length)) {
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

    private boolean isLost(long end) {
        if (end == lostEnd) {
            lostEnd = -1;
            return true;
        }
        return lostReplies.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    /** Returns after how many bytes of its body this request is cut, which counts as made; a large number if it is not. */
    private long beforeCut(String head, long offset, long length) {
        if (offset < 0) {
            return Long.MAX_VALUE;
        }
        for (long at : cuts) {
            if (at >= offset && at < offset + length && cuts.remove(at)) {
                return at - offset;
            }
        }
        String upload = head.substring(0, head.indexOf(" HTTP"));
        if (cutPart > 0) {
            for (long at = Math.max(offset, cutPart - 1); at < offset + length; at++) {
                long rest = at % cutPart;
                if ((rest <= 1 || rest == cutPart - 1) && madeInUploads.add(upload + "@" + at)) {
                    return at - offset;
                }
            }
        }
        return Long.MAX_VALUE;
    }

    /** Returns false if the connection is to be cut, since not all bytes were to be forwarded. */
    private static boolean forward(InputStream in, OutputStream out, long length, long most) throws IOException {
        long left = Math.min(length, most);
        byte[] buffer = new byte[8192];
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException();
            }
            out.write(buffer, 0, count);
            left -= count;
        }
        return most >= length;
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
