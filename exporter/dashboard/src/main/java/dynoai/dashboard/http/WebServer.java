package dynoai.dashboard.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A web server. One thread receives and sends for all connections without blocking, so slow clients take no thread; other
 * threads answer complete requests and take the parts of bodies.
 */
public final class WebServer implements AutoCloseable {
    private static final int BACKLOG = 256;
    private static final int RECEIVE_BYTES = 16 * 1024;

    /** Large enough for a fast network, small enough that a client that reads nothing is noticed. */
    private static final int SEND_BUFFER_BYTES = 128 * 1024;

    private static final long MAX_MEMORY_BYTES = 64 << 20;
    private static final long TICK_MILLIS = 100;
    private static final long MAX_CLOSE_MILLIS = 1000;

    private final Limits limits;
    private final Responder responder;
    private final ServerSocketChannel listener;
    private final int port;
    private final Selector selector;
    private final SelectionKey accepting;
    private final List<Connection> connections = new ArrayList<>();
    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(RECEIVE_BYTES);
    private final LongAdder answered = new LongAdder();
    private final ExecutorService threads;
    private final ExecutorService events;
    private final Thread loop;
    private volatile boolean closed;

    /** Work of the loop for a connection. */
    private record Task(Connection connection, Action action) {}

    @FunctionalInterface
    private interface Action {
        void run() throws IOException, HttpException;
    }

    private WebServer(InetSocketAddress address, Responder responder, Limits limits) throws IOException {
        this.limits = limits;
        this.responder = responder;
        this.listener = ServerSocketChannel.open();
        try {
            listener.bind(address, BACKLOG);
            listener.configureBlocking(false);
            this.port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            this.selector = Selector.open();
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
        this.accepting = listener.register(selector, SelectionKey.OP_ACCEPT);
        // A connection has one request at a time, which bounds the queue.
        this.threads = Executors.newFixedThreadPool(limits.threads(), WebServer::daemon);
        this.events = Executors.newSingleThreadExecutor(WebServer::daemon);
        this.loop = daemon(this::run);
    }

    /** @param port 0 for any free one */
    public static WebServer start(InetAddress address, int port, Access access, Handler handler, Limits limits)
            throws IOException {
        WebServer server =
                new WebServer(new InetSocketAddress(address, port), new Responder(access, handler, limits), limits);
        server.loop.start();
        return server;
    }

    public int port() {
        return port;
    }

    /** Returns the number of open event streams. */
    public int openStreams() {
        return responder.openStreams();
    }

    /** Returns the number of requests answered so far, with any status. */
    public long answered() {
        return answered.sum();
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        threads.shutdownNow();
        events.shutdownNow();
        try {
            loop.join(MAX_CLOSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long lastCheck = System.nanoTime();
        try (listener;
                selector) {
            while (!closed) {
                select();
                for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
                    run(task.connection(), task.action());
                }
                long now = System.nanoTime();
                if (now - lastCheck >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
                    lastCheck = now;
                    closeOverdue(now);
                    accepting.interestOps(SelectionKey.OP_ACCEPT);
                    pollStreams();
                }
            }
            connections.forEach(WebServer::close);
            for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
                run(task.connection(), task.action()); // Discards bodies that were just accepted.
            }
        } catch (IOException ignored) {
            // The server stops all the same.
        }
    }

    private void select() {
        try {
            selector.select(this::ready, TICK_MILLIS);
        } catch (IOException ignored) { // The system has no memory for the wait, so waiting must not be a busy loop.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
        }
    }

    /** Runs an action; its failure closes the connection and no other. */
    private void run(Connection connection, Action action) {
        try {
            action.run();
        } catch (HttpException e) {
            reject(connection, e);
        } catch (IOException | RuntimeException ignored) { // The client is gone, or what it sent is absurd.
            close(connection);
        }
    }

    private void ready(SelectionKey key) {
        if (key == accepting) {
            accept();
            return;
        }
        Connection connection = (Connection) key.attachment();
        run(connection, () -> {
            if (key.isValid() && key.isReadable()) {
                if (connection.isReceivingBody()) {
                    receivePart(connection);
                } else {
                    connection.receive(buffer).ifPresent(request -> answer(connection, request));
                }
            }
            if (key.isValid() && key.isWritable()) {
                connection.send().ifPresent(request -> answer(connection, request));
            }
        });
    }

    private void accept() {
        try {
            for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
                add(channel);
            }
        } catch (IOException ignored) {
            // The process has no file handle left: make room, and accept again with the next tick.
            accepting.interestOps(0);
            closeStalest(Connection::isWaiting);
        }
    }

    private void add(SocketChannel channel) throws IOException {
        connections.removeIf(Connection::isClosed);
        if (connections.size() >= limits.connections() && !closeStalest(Connection::isWaiting)) {
            channel.close();
            return;
        }
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            Connection connection = new Connection(channel, key, limits);
            key.attach(connection);
            connections.add(connection);
        } catch (IOException ignored) { // The client is gone.
            channel.close();
        }
    }

    private void answer(Connection connection, RequestHead request) {
        answered.increment();
        try {
            InetAddress local = ((InetSocketAddress) connection.channel().getLocalAddress()).getAddress();
            InetAddress remote = ((InetSocketAddress) connection.channel().getRemoteAddress()).getAddress();
            submit(connection, () -> {
                Exchange exchange = responder.exchange(request, local, remote);
                @Nullable Incoming incoming = exchange.incoming();
                return incoming == null
                        ? () -> send(connection, exchange.reply())
                        : () -> receiveBody(connection, incoming);
            });
        } catch (IOException ignored) { // The client is gone.
            close(connection);
        }
    }

    private void receiveBody(Connection connection, Incoming incoming) throws IOException {
        if (incoming.missing() == 0) {
            submit(connection, () -> answer(connection, incoming));
            return;
        }
        connection.receiveBody(incoming, incoming.head().expectsContinue());
        receivePart(connection);
    }

    private void receivePart(Connection connection) throws IOException {
        @Nullable Incoming incoming = connection.incoming();
        @Nullable ByteBuffer part = connection.receivePart().orElse(null);
        if (incoming == null || part == null) {
            return;
        }
        submit(connection, () -> {
            try {
                incoming.write(part);
            } catch (IOException e) {
                Reply reply = responder.failed(incoming, e);
                return () -> send(connection, reply);
            }
            if (incoming.missing() == 0) {
                return answer(connection, incoming);
            }
            return () -> {
                connection.continueBody();
                receivePart(connection);
            };
        });
    }

    private Action answer(Connection connection, Incoming incoming) {
        Reply reply = responder.answer(incoming);
        return () -> send(connection, reply);
    }

    /** Work of another thread that ends with work of the loop. */
    @FunctionalInterface
    private interface Work {
        Action run();
    }

    /** Runs work in another thread; its failure closes the connection. */
    private void submit(Connection connection, Work work) {
        try {
            threads.execute(() -> {
                Action next = () -> close(connection); // Unless the work ends.
                try {
                    next = work.run();
                } finally {
                    execute(connection, next);
                }
            });
        } catch (RejectedExecutionException ignored) { // The server stops.
            close(connection);
        }
    }

    private void send(Connection connection, @Nullable Reply reply) throws IOException {
        connection.reply(Objects.requireNonNull(reply));
        long memory = connections.stream().mapToLong(Connection::memoryBytes).sum();
        while (memory > MAX_MEMORY_BYTES && closeStalest(each -> each.isWaiting() && each.memoryBytes() > 0)) {
            memory = connections.stream().mapToLong(Connection::memoryBytes).sum();
        }
    }

    private void reject(Connection connection, HttpException e) {
        answered.increment();
        try {
            connection.reply(Responder.rejection(e));
        } catch (IOException ignored) { // The client is gone.
            close(connection);
        }
    }

    /** Asks the streams for events, in their own thread. */
    private void pollStreams() {
        for (Connection connection : connections) {
            @Nullable EventStream stream = connection.quietStream();
            if (stream != null) {
                run(connection, () -> events.execute(() -> execute(connection, eventOf(connection, stream))));
            }
        }
    }

    private static Action eventOf(Connection connection, EventStream stream) {
        try {
            byte[] event = stream.next(System.nanoTime());
            boolean over = stream.isOver(System.nanoTime());
            return () -> connection.sendEvent(event, over);
        } catch (RuntimeException e) {
            return () -> {
                throw e;
            };
        }
    }

    private void closeOverdue(long now) {
        connections.removeIf(Connection::isClosed);
        for (Connection connection : connections) {
            if (connection.isOverdue(now)) {
                if (connection.isMidRequest()) {
                    reject(connection, new HttpException(408, "the request took too long"));
                } else {
                    close(connection);
                }
            }
        }
    }

    /** Returns whether there was one. */
    private boolean closeStalest(Predicate<Connection> condition) {
        Optional<Connection> stalest =
                connections.stream().filter(condition).min(Comparator.comparingLong(Connection::progressed));
        stalest.ifPresent(WebServer::close);
        connections.removeIf(Connection::isClosed);
        return stalest.isPresent();
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (IOException | RuntimeException ignored) {
            // It is closed all the same.
        }
    }

    private void execute(Connection connection, Action action) {
        tasks.add(new Task(connection, action));
        selector.wakeup();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "dynoai-web");
        thread.setDaemon(true);
        return thread;
    }
}
