package dynoai.automation.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.context.Context;
import dynoai.automation.server.ContextProtocol.Answer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Serves one Context over TCP, one thread for each client, of which there are at most 1,024. A client that sends anything but
 * a JSON object, such as HTTP from a web page, gets an error and is disconnected. Requests are answered one at a time, so no
 * update is lost. With a file, an answer is sent only after every change so far is on disk; changes that come together are
 * written together.
 */
public final class ContextServer implements AutoCloseable {
    public static final int DEFAULT_PORT = 7878;
    private static final String WHO = "context-server";
    private static final String CLOSED = "the server is closed";
    private static final int MAX_CLIENTS = 1_024;
    private static final int MAX_LINE_BYTES = 1 << 20;
    private static final int LAST_READ_BYTES = 1 << 14;
    private static final int MAX_LAST_READS = 64;
    private static final int LAST_READ_MILLIS = 1_000;
    private static final int FIRST_REQUEST_MILLIS = (int) Duration.ofSeconds(30).toMillis();
    private static final int IDLE_MILLIS = (int) Duration.ofMinutes(30).toMillis();

    private final ServerSocket listener;
    private final ContextSettings settings;
    private final Optional<ContextFile> file;
    private final Context context;
    private final ContextProtocol protocol;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final Object fileLock = new Object();
    private long changesOnDisk;

    /** Guarded by the protocol. */
    private boolean closed;

    private volatile @Nullable IOException fileFailure;

    private ContextServer(
            ServerSocket listener, ContextSettings settings, Optional<ContextFile> file, Context context, String who)
            throws IOException {
        this.listener = listener;
        this.settings = settings;
        this.file = file;
        this.context = context;
        this.protocol = new ContextProtocol(context, settings, who);
    }

    /**
     * Listens at the address; port 0 takes a free one. With a file, starts from the values in it.
     *
     * @throws IllegalArgumentException if there is no token and the address is not a loopback address
     */
    public static ContextServer open(InetSocketAddress address, ContextSettings settings) throws IOException {
        if (settings.token().isEmpty()
                && !address.isUnresolved()
                && !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    address.getHostString() + " is not a loopback address, so the server needs a token");
        }
        Optional<Path> file = settings.file();
        Optional<ContextFile> kept = file.isPresent() ? Optional.of(ContextFile.open(file.get())) : Optional.empty();
        ServerSocket listener = new ServerSocket();
        try {
            Context context = Context.withoutHistory(
                    kept.isPresent() ? kept.get().read() : JsonNodeFactory.instance.objectNode());
            listener.bind(address, MAX_CLIENTS);
            return new ContextServer(listener, settings, kept, context, WHO);
        } catch (IOException e) {
            listener.close();
            if (kept.isPresent()) {
                kept.get().close();
            }
            throw e;
        }
    }

    /**
     * Listens on a free loopback port and serves a Context that others also use.
     *
     * @param who the author of the clients' changes
     */
    public static ContextServer of(Context context, String who, ContextSettings settings) throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            ContextServer server = new ContextServer(listener, settings, Optional.empty(), context, who);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MAX_CLIENTS);
            return server;
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Serves until {@link #close}, or until the file cannot be written. */
    public void serve() throws IOException {
        try {
            while (true) {
                Socket client = listener.accept();
                clients.add(client);
                if (clients.size() > MAX_CLIENTS || listener.isClosed()) {
                    disconnect(client);
                } else {
                    Thread thread = new Thread(() -> serve(client), "context-client");
                    thread.setDaemon(true);
                    thread.start();
                }
            }
        } catch (SocketException e) {
            @Nullable IOException failure = fileFailure;
            if (failure != null) {
                throw failure;
            }
            if (!listener.isClosed()) {
                throw e;
            }
        } finally {
            close();
        }
    }

    private void serve(Socket client) {
        try {
            client.setSoTimeout(settings.token().isPresent() ? FIRST_REQUEST_MILLIS : IDLE_MILLIS);
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream());
            for (@Nullable Answer answer = answer(in); answer != null; answer = answer(in)) {
                client.getOutputStream().write((answer.json() + "\n").getBytes(StandardCharsets.UTF_8));
                if (answer.last()) {
                    endGracefully(client, in);
                    return;
                }
                client.setSoTimeout(IDLE_MILLIS);
            }
        } catch (IOException ignored) {
            // the client is gone or was idle for too long, or the server stops
        } finally {
            disconnect(client);
        }
    }

    /** Reads some of what the client still sends, without looking at it: closing at once could drop the answer. */
    private static void endGracefully(Socket client, InputStream in) throws IOException {
        client.shutdownOutput();
        client.setSoTimeout(LAST_READ_MILLIS);
        byte[] ignored = new byte[LAST_READ_BYTES];
        for (int reads = 0; reads < MAX_LAST_READS && in.read(ignored) >= 0; reads++) {}
    }

    /** Reads and answers the next line that is not blank; null at the end. */
    private @Nullable Answer answer(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b != '\n') {
                if (line.size() == MAX_LINE_BYTES) {
                    return Answer.last("a line is at most 1 MiB");
                }
                line.write(b);
            } else if (!line.toString(StandardCharsets.UTF_8).isBlank()) {
                return answer(line.toByteArray());
            } else {
                line.reset();
            }
        }
        return null;
    }

    private Answer answer(byte[] line) throws IOException {
        Answer answer;
        long changes;
        synchronized (protocol) {
            if (closed) {
                throw new IOException(CLOSED);
            }
            answer = protocol.answer(line);
            changes = protocol.changes();
        }
        if (file.isPresent()) {
            write(file.get(), changes);
        }
        return answer;
    }

    private void write(ContextFile kept, long changes) throws IOException {
        synchronized (fileLock) {
            if (changesOnDisk >= changes) {
                return;
            }
            ObjectNode values;
            long written;
            synchronized (protocol) {
                values = context.toMap();
                written = protocol.changes();
            }
            if (listener.isClosed()) {
                throw new IOException(CLOSED);
            }
            try {
                kept.write(values);
            } catch (IOException e) {
                fileFailure = e;
                listener.close();
                throw e;
            }
            changesOnDisk = written;
        }
    }

    private void disconnect(Socket client) {
        clients.remove(client);
        try {
            client.close();
        } catch (IOException ignored) {
            // it is disconnected either way
        }
    }

    /** Stops. No request changes the Context any more when this returns. */
    @Override
    public void close() throws IOException {
        listener.close();
        clients.forEach(this::disconnect);
        synchronized (protocol) {
            closed = true;
        }
        synchronized (fileLock) {
            if (file.isPresent()) {
                file.get().close();
            }
        }
    }
}
