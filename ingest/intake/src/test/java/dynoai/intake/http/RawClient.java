package dynoai.intake.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** One connection that sends exactly the given bytes. */
public final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket;

    public RawClient(int port) throws IOException {
        socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes, unless the server has closed the connection. */
    public void trySend(String text) {
        try {
            send(text);
        } catch (IOException ignored) {
            // The server closed it.
        }
    }

    /** Sends one byte after another until the server has closed the connection. */
    public void sendUntilClosed(String text) {
        try {
            while (true) {
                send(text);
                Thread.onSpinWait();
            }
        } catch (IOException ignored) {
            // The server closed it.
        }
    }

    /** Returns what is sent back until the connection ends; a reset is an end too. */
    public String rest() throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[8192];
        try {
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                text.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException ignored) {
            // Reset by the server.
        }
        return text.toString();
    }

    /** Returns the status of the first reply; 0 if the connection ends without one. */
    public int status() throws IOException {
        String answer = rest();
        return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
