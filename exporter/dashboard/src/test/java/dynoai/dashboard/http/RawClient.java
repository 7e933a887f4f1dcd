package dynoai.dashboard.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One connection that sends exactly the given bytes. */
public final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket = new Socket();

    public RawClient(int port) throws IOException {
        this(port, 0);
    }

    /** @param receiveBytes size of the receive buffer; 0 for the system's */
    public RawClient(int port, int receiveBytes) throws IOException {
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
    }

    /** Returns all that is sent back until the connection ends. */
    public static String answer(int port, String request) throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.send(request);
            return client.rest();
        }
    }

    /** Returns the status of the first response, 0 if the connection ends without one. */
    public static int status(int port, String request) throws IOException {
        String answer = answer(port, request);
        return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }

    public void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes until the server has closed the connection. */
    public void sendUntilReset() {
        try {
            while (true) {
                send("x");
                Thread.onSpinWait();
            }
        } catch (IOException ignored) {
            // That is the reset.
        }
    }

    /** Returns what is sent back next. */
    public String next() throws IOException {
        StringBuilder text = new StringBuilder();
        read(text);
        return text.toString();
    }

    /** Waits for the end of the connection; a reset is an end too. */
    public String rest() throws IOException {
        StringBuilder text = new StringBuilder();
        while (read(text)) {}
        return text.toString();
    }

    /** Returns what is sent back until the connection ends, but for no longer than the given time. */
    public String restWithin(Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        StringBuilder text = new StringBuilder();
        try {
            do {
                long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                socket.setSoTimeout((int) Math.max(1, millis));
            } while (read(text) && end - System.nanoTime() > 0);
        } catch (SocketTimeoutException ignored) {
            // What arrived in time is the answer.
        }
        return text.toString();
    }

    /** Returns false at the end of the connection. */
    private boolean read(StringBuilder text) throws IOException {
        byte[] buffer = new byte[8192];
        try {
            int read = socket.getInputStream().read(buffer);
            text.append(new String(buffer, 0, Math.max(0, read), StandardCharsets.ISO_8859_1));
            return read >= 0;
        } catch (SocketException ignored) { // Reset by the server.
            return false;
        }
    }

    /** Closes the connection with a reset, which discards what was not read. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
