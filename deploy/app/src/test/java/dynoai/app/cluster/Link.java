package dynoai.app.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between one client and one server: a TCP proxy whose connections can be cut or stalled. */
final class Link implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;

    /** What the network does. */
    enum State {
        UP,
        /** Open connections are closed, new ones too. */
        CUT,
        /** Connections stay open and carry nothing. */
        STALLED
    }

    private final ServerSocket door;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private State state = State.UP;

    /** @param target the server's port on loopback */
    Link(int target) throws IOException {
        this.door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        this.target = target;
        daemon(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    synchronized void transitionTo(State next) {
        state = next;
        notifyAll();
        if (next == State.CUT) {
            open.forEach(Link::closeQuietly);
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                open.add(client);
                daemon(() -> connect(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            awaitFlow();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(server);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            daemon(() -> carry(server, client));
            carry(client, server);
        } catch (IOException | InterruptedException e) {
            drop(client);
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                awaitFlow();
                out.write(buffer, 0, count);
            }
        } catch (IOException | InterruptedException ignored) {
            // A connection that ends is what this class is for.
        }
        drop(from);
        drop(to);
    }

    private synchronized void awaitFlow() throws IOException, InterruptedException {
        while (state == State.STALLED) {
            wait();
        }
        if (state == State.CUT) {
            throw new IOException("cut");
        }
    }

    private void drop(Socket socket) {
        open.remove(socket);
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is gone either way.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "link");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        transitionTo(State.CUT);
    }
}
