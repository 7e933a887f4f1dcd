package dynoai.dashboard.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One client's connection. Only the server's loop uses it. */
final class Connection {
    /** For the client to read the last response, before a reset could take it away. */
    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Limits limits;
    private final HeadReader reader = new HeadReader();
    private State state = State.RECEIVING;
    private boolean used;
    private @Nullable Reply reply;
    private long began = System.nanoTime();
    private long progressed = began;

    private enum State {
        /** Waiting for a request. */
        RECEIVING,
        /** A request is being answered by another thread. */
        ANSWERING,
        SENDING,
        /** Everything was sent; what the client still sends is dropped until it closes the connection. */
        ENDING,
        CLOSED
    }

    Connection(SocketChannel channel, SelectionKey key, Limits limits) {
        this.channel = channel;
        this.key = key;
        this.limits = limits;
    }

    SocketChannel channel() {
        return channel;
    }

    /** Whether the client keeps the server waiting. */
    boolean isWaiting() {
        return state != State.ANSWERING && state != State.CLOSED && quietStream() == null;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Returns the stream that has nothing to send; null if it does not exist. */
    @Nullable
    EventStream quietStream() {
        return state == State.SENDING && reply != null && reply.isSent() ? reply.stream() : null;
    }

    /** Returns the time of the last progress, as of {@link System#nanoTime}. */
    long progressed() {
        return progressed;
    }

    int memoryBytes() {
        return reply == null ? 0 : reply.memoryBytes();
    }

    /**
     * Receives from the client.
     *
     * @return the next request; empty while it is incomplete
     * @throws HttpException for a malformed request
     */
    Optional<RequestHead> receive(ByteBuffer buffer) throws HttpException, IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            close();
        }
        if (state != State.RECEIVING) {
            return Optional.empty();
        }
        buffer.flip();
        if (reader.isEmpty() && used && buffer.hasRemaining()) {
            began = System.nanoTime();
        }
        reader.add(buffer);
        return nextRequest();
    }

    private Optional<RequestHead> nextRequest() throws HttpException {
        Optional<RequestHead> request = reader.next();
        if (request.isPresent()) {
            transitionTo(State.ANSWERING, 0);
        }
        return request;
    }

    void reply(Reply next) throws IOException {
        if (isClosed()) {
            next.close();
            return;
        }
        reply = next;
        transitionTo(State.SENDING, SelectionKey.OP_WRITE);
    }

    /**
     * Sends the next event of a stream.
     *
     * @param event empty for none
     * @param last whether the stream ends
     */
    void sendEvent(byte[] event, boolean last) throws IOException {
        if (reply == null || quietStream() == null) {
            return;
        }
        if (last) {
            end();
        } else if (event.length > 0) {
            reply.add(event);
            progressed = System.nanoTime();
            key.interestOps(SelectionKey.OP_WRITE | SelectionKey.OP_READ);
        }
    }

    /**
     * Sends to the client.
     *
     * @return a request that arrived behind the answered one
     */
    Optional<RequestHead> send() throws HttpException, IOException {
        @Nullable Reply sending = reply;
        if (state != State.SENDING || sending == null) {
            return Optional.empty();
        }
        if (sending.send(channel)) {
            progressed = System.nanoTime();
        }
        if (!sending.isSent()) {
            return Optional.empty();
        }
        if (sending.stream() != null) {
            key.interestOps(SelectionKey.OP_READ); // To see that the page was closed.
            return Optional.empty();
        }
        if (sending.isLast()) {
            end();
            return Optional.empty();
        }
        sending.close();
        reply = null;
        used = true;
        transitionTo(State.RECEIVING, SelectionKey.OP_READ);
        return nextRequest();
    }

    /** Whether the client took longer than allowed. */
    boolean isOverdue(long now) {
        long sinceBegin = TimeUnit.NANOSECONDS.toMillis(now - began);
        long sinceProgress = TimeUnit.NANOSECONDS.toMillis(now - progressed);
        return switch (state) {
            case RECEIVING -> sinceBegin > (used && reader.isEmpty() ? limits.idleMillis() : limits.requestMillis());
            case SENDING ->
                quietStream() == null && (sinceProgress > limits.stallMillis() || sinceBegin > limits.responseMillis());
            case ENDING -> now - began > END_NANOS;
            case ANSWERING, CLOSED -> false;
        };
    }

    /** Whether part of a request arrived. */
    boolean isMidRequest() {
        return state == State.RECEIVING && !reader.isEmpty();
    }

    private void end() throws IOException {
        if (reply != null) {
            reply.close();
            reply = null;
        }
        channel.shutdownOutput();
        transitionTo(State.ENDING, SelectionKey.OP_READ);
    }

    private void transitionTo(State next, int operations) {
        state = next;
        began = System.nanoTime();
        progressed = began;
        key.interestOps(operations);
    }

    void close() throws IOException {
        state = State.CLOSED;
        key.cancel();
        try (channel) {
            if (reply != null) {
                reply.close();
                reply = null;
            }
        }
    }
}
