package dynoai.automation.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dynoai.automation.context.Context;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Serves one Context to any number of clients from one thread, so no update is lost. With a file, an answer is sent only
 * after the change it confirms is on disk; changes that come together are written together.
 */
public final class ContextServer implements AutoCloseable {
    public static final int DEFAULT_PORT = 7878;
    private static final int MOST_CLIENTS = 4_096;
    private static final long LONGEST_IDLE_NANOS = Duration.ofMinutes(30).toNanos();
    private static final int LOOK_MILLIS = 30_000;

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final Optional<ContextFile> file;
    private final Context context;
    private final ContextProtocol protocol;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private volatile boolean closed;

    private ContextServer(
            Selector selector, ServerSocketChannel listener, Optional<ContextFile> file, Context context) {
        this.selector = selector;
        this.listener = listener;
        this.file = file;
        this.context = context;
        this.protocol = new ContextProtocol(context);
    }

    /** Listens at the address; port 0 takes a free one. With a file, starts from the values in it. */
    public static ContextServer open(InetSocketAddress address, Optional<Path> file) throws IOException {
        Optional<ContextFile> kept = file.isPresent() ? Optional.of(ContextFile.open(file.get())) : Optional.empty();
        try {
            Context context = Context.withoutHistory(
                    kept.isPresent() ? kept.get().read() : JsonNodeFactory.instance.objectNode());
            Selector selector = Selector.open();
            ServerSocketChannel listener = ServerSocketChannel.open();
            listener.bind(address, 1_024);
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
            return new ContextServer(selector, listener, kept, context);
        } catch (IOException e) {
            if (kept.isPresent()) {
                kept.get().close();
            }
            throw e;
        }
    }

    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    /** Serves until {@link #close}, or until the file cannot be written. */
    public void serve() throws IOException {
        long lastLook = System.nanoTime();
        try {
            while (!closed) {
                selector.select(LOOK_MILLIS);
                List<SelectionKey> ready = new ArrayList<>(selector.selectedKeys());
                selector.selectedKeys().clear();
                for (SelectionKey key : ready) {
                    take(key);
                }
                if (protocol.takeChanged() && file.isPresent()) {
                    file.get().write(context.toMap());
                }
                for (SelectionKey key : ready) {
                    send(key);
                }
                if (System.nanoTime() - lastLook > LOOK_MILLIS * 1_000_000L) {
                    lastLook = System.nanoTime();
                    closeIdle(lastLook);
                }
            }
        } finally {
            end();
        }
    }

    private void take(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        try {
            if (key.isAcceptable()) {
                accept();
            } else if (key.isReadable()) {
                ((Connection) key.attachment()).read(buffer, protocol);
            }
        } catch (IOException e) {
            close(key);
        }
    }

    private void accept() throws IOException {
        SocketChannel client = listener.accept();
        if (client == null) {
            return;
        }
        if (selector.keys().size() > MOST_CLIENTS) {
            client.close();
            return;
        }
        client.configureBlocking(false);
        client.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
        client.register(selector, SelectionKey.OP_READ, new Connection(client));
    }

    private void send(SelectionKey key) {
        if (!(key.attachment() instanceof Connection) || !key.isValid()) {
            return;
        }
        Connection connection = (Connection) key.attachment();
        try {
            connection.write();
            if (connection.hasUnread()) {
                connection.readOn(protocol);
                selector.wakeup();
            }
            if (connection.isOver()) {
                close(key);
            } else {
                key.interestOps(connection.interest());
            }
        } catch (IOException e) {
            close(key);
        }
    }

    private void closeIdle(long now) {
        for (SelectionKey key : new ArrayList<>(selector.keys())) {
            if (key.attachment() instanceof Connection
                    && ((Connection) key.attachment()).isIdle(now, LONGEST_IDLE_NANOS)) {
                close(key);
            }
        }
    }

    private static void close(SelectionKey key) {
        key.cancel();
        try {
            ((Connection) key.attachment()).close();
        } catch (IOException gone) {
            // it is gone either way
        }
    }

    private void end() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
        if (file.isPresent()) {
            file.get().close();
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }
}
