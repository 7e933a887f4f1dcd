package dynoai.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A loopback proxy that cuts connections after a number of bytes, as a bad line does, until it has cut enough of them. */
final class CuttingProxy implements AutoCloseable {
    private static final int BUFFER = 8192;

    private final ServerSocket server;
    private final InetSocketAddress target;
    private final long cutAfter;
    private final AtomicInteger cuts;
    private final Runnable onCut;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private CuttingProxy(ServerSocket server, int target, long cutAfter, int cuts, Runnable onCut) {
        this.server = server;
        this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), target);
        this.cutAfter = cutAfter;
        this.cuts = new AtomicInteger(cuts);
        this.onCut = onCut;
    }

    /**
     * Starts a proxy.
     *
     * @param target port of the server
     * @param cutAfter bytes to the server after which a connection is cut
     * @param cuts connections that are cut
     * @param onCut is called before a connection is cut
     */
    static CuttingProxy start(int target, long cutAfter, int cuts, Runnable onCut) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        CuttingProxy proxy = new CuttingProxy(server, target, cutAfter, cuts, onCut);
        daemon("dynoai-demo-proxy", proxy::accept);
        return proxy;
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                daemon("dynoai-demo-line", () -> serve(client));
            } catch (IOException ignored) {
                // The proxy was closed, or a client was gone before it was accepted.
            }
        }
    }

    private void serve(Socket client) {
        try (Socket upstream = new Socket()) {
            upstream.connect(target);
            open.add(upstream);
            daemon("dynoai-demo-line-back", () -> copy(upstream, client, Long.MAX_VALUE));
            copy(client, upstream, cutAfter);
        } catch (IOException ignored) {
            // A line that ends is what this class is for.
        } finally {
            close(client);
        }
    }

    /** Copies until an end closes, and closes both. */
    private void copy(Socket from, Socket to, long limit) {
        byte[] buffer = new byte[BUFFER];
        long copied = 0;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                copied += read;
                if (copied > limit && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    onCut.run();
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException ignored) {
            // The other end is gone.
        } finally {
            close(from);
            close(to);
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is closed all the same.
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(this::close);
    }
}
