package dynoai.dashboard.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One client's connection. Only the server's loop uses it. */
final class Connection {
    /** For the client to read the last response, before a reset could take it away. */
    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final int BODY_BYTES = 64 * 1024;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Limits limits;
    private final HeadReader reader = new HeadReader();
    private State state = State.RECEIVING;
    private boolean used;
    private @Nullable Reply reply;
    private @Nullable Incoming incoming;
    private ByteBuffer body = ByteBuffer.allocate(0);
    private long bodyBegan;
    private long bodyBytes;
    private long began = System.nanoTime();
    private long progressed = began;

    private enum State {
        /** Waiting for a request. */
        RECEIVING,
        /** Another thread answers a request or takes a part of its body. */
        ANSWERING,
        /** Waiting for the next part of a body. */
        RECEIVING_BODY,
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
        return body.capacity() + (reply == null ? 0 : reply.memoryBytes());
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

    /** Begins to receive the body of the request. */
    void receiveBody(Incoming next, boolean sendContinue) throws IOException {
        if (isClosed()) {
            next.discard();
            return;
        }
        incoming = next;
        if (sendContinue) {
            ByteBuffer interim = ByteBuffer.wrap(CONTINUE);
            channel.write(interim);
            if (interim.hasRemaining()) {
                throw new IOException("the client takes no interim response");
            }
        }
        body = ByteBuffer.allocate((int) Math.min(BODY_BYTES, next.missing()));
        bodyBegan = System.nanoTime();
        bodyBytes = 0;
        continueBody();
    }

    /** Waits for the next part of the body, after the previous one was taken. */
    void continueBody() {
        if (!isClosed() && incoming != null) {
            body.clear().limit((int) Math.min(body.capacity(), incoming.missing()));
            reader.drainTo(body);
            transitionTo(State.RECEIVING_BODY, SelectionKey.OP_READ);
        }
    }

    /** Returns the body that is being received; null if none is. */
    @Nullable
    Incoming incoming() {
        return incoming;
    }

    boolean isReceivingBody() {
        return state == State.RECEIVING_BODY;
    }

    /**
     * Receives a part of the body.
     *
     * @return empty while the part is incomplete
     */
    Optional<ByteBuffer> receivePart() throws IOException {
        if (state != State.RECEIVING_BODY) {
            return Optional.empty();
        }
        if (body.hasRemaining()) {
            int read = channel.read(body);
            if (read < 0) {
                close();
                return Optional.empty();
            }
            if (read > 0) {
                progressed = System.nanoTime();
            }
        }
        if (body.hasRemaining()) {
            return Optional.empty();
        }
        bodyBytes += body.limit();
        transitionTo(State.ANSWERING, 0);
        return Optional.of(body.flip());
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
        endBody();
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
            case RECEIVING_BODY -> sinceProgress > limits.stallMillis() || isBodyTooSlow(now);
            case ENDING -> now - began > END_NANOS;
            case ANSWERING, CLOSED -> false;
        };
    }

    private boolean isBodyTooSlow(long now) {
        long counted = TimeUnit.NANOSECONDS.toMillis(now - bodyBegan) - limits.requestMillis();
        return counted > 0 && (bodyBytes + body.position()) * 1000 < limits.minBodyRate() * counted;
    }

    /** Whether part of a request arrived. */
    boolean isMidRequest() {
        return state == State.RECEIVING_BODY || state == State.RECEIVING && !reader.isEmpty();
    }

    private void endBody() {
        if (incoming != null) {
            incoming.discard();
            incoming = null;
        }
        body = ByteBuffer.allocate(0);
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
            endBody();
            if (reply != null) {
                reply.close();
                reply = null;
            }
        }
    }
}
