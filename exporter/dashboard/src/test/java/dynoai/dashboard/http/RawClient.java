package dynoai.dashboard.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

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

    /** Waits for the end of the connection; a reset is an end too. */
    public String rest() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[8192];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
            }
        } catch (java.net.SocketException ignored) { // Reset by the server.
            return text.toString();
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
