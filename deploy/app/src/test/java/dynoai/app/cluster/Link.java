package dynoai.app.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The network between one client and its servers: a TCP proxy whose connections can be cut or stalled. */
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
    private final int[] targets;
    private final AtomicInteger turn = new AtomicInteger();
    private final NavigableSet<Long> cuts = new TreeSet<>();
    private long sent;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private State state = State.UP;

    /** @param targets the servers' ports on loopback; connections go to them in turn, and to the next one if a server is down */
    Link(int... targets) throws IOException {
        this.door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        this.targets = targets.clone();
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

    /** Closes the connection that brings the bytes sent over all connections to this number, before the next byte. */
    synchronized void cutAfter(long bytes) {
        cuts.add(bytes);
    }

    /** Returns how many bytes were carried to servers. */
    synchronized long sent() {
        return sent;
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
            Socket server = connected();
            open.add(server);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            daemon(() -> carry(server, client, false));
            carry(client, server, true);
        } catch (IOException | InterruptedException e) {
            drop(client);
        }
    }

    private Socket connected() throws IOException {
        IOException refused = new IOException("no server");
        for (int i = 0; i < targets.length; i++) {
            try {
                int target = targets[Math.floorMod(turn.getAndIncrement(), targets.length)];
                return new Socket(InetAddress.getLoopbackAddress(), target);
            } catch (IOException e) {
                refused = e;
            }
        }
        throw refused;
    }

    private void carry(Socket from, Socket to, boolean toServer) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                awaitFlow();
                int carried = toServer ? beforeCut(count) : count;
                out.write(buffer, 0, carried);
                if (carried < count) {
                    break;
                }
            }
        } catch (IOException | InterruptedException ignored) {
            // A connection that ends is what this class is for.
        }
        drop(from);
        drop(to);
    }

    /** Returns how many of these bytes are carried before a cut. */
    private synchronized int beforeCut(int count) {
        Long cut = cuts.ceiling(sent);
        int carried = cut != null && cut < sent + count ? (int) (cut - sent) : count;
        if (carried < count) {
            cuts.remove(cut);
        }
        sent += carried;
        return carried;
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
