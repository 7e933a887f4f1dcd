package dynoai.automation.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One client: the line it is writing and the answers it has not read yet. A client that does not read its answers is not
 * read from either, and a line that is too long is thrown away as it comes.
 */
final class Connection {
    static final int LONGEST_LINE = 1 << 20;
    private static final int FIRST_LINE_BYTES = 512;

    private final SocketChannel channel;
    private byte[] line = new byte[FIRST_LINE_BYTES];
    private int length;
    private boolean skipping;
    private boolean inputEnded;
    private ByteBuffer answers = ByteBuffer.allocate(0);
    private ByteBuffer unread = ByteBuffer.allocate(0);
    private long lastHeardNanos = System.nanoTime();

    Connection(SocketChannel channel) {
        this.channel = channel;
    }

    /** Reads what is there and answers whole lines, as long as the client takes its answers. */
    void read(ByteBuffer buffer, ContextProtocol protocol) throws IOException {
        lastHeardNanos = System.nanoTime();
        buffer.clear();
        int n = channel.read(buffer);
        if (n < 0) {
            inputEnded = true;
            return;
        }
        buffer.flip();
        take(buffer, protocol);
    }

    /** Goes on with bytes that had to wait for the client to take an answer. */
    void readOn(ContextProtocol protocol) {
        ByteBuffer waiting = unread;
        unread = ByteBuffer.allocate(0);
        take(waiting, protocol);
    }

    private void take(ByteBuffer bytes, ContextProtocol protocol) {
        while (bytes.hasRemaining()) {
            if (answers.remaining() > LONGEST_LINE) {
                byte[] rest = new byte[bytes.remaining()];
                bytes.get(rest);
                unread = ByteBuffer.wrap(rest);
                return;
            }
            take(bytes.get(), protocol);
        }
    }

    private void take(byte b, ContextProtocol protocol) {
        if (b == '\n') {
            if (!skipping && !isBlank()) {
                answer(protocol.answer(line, length));
            }
            skipping = false;
            length = 0;
            line = line.length > 64 * FIRST_LINE_BYTES ? new byte[FIRST_LINE_BYTES] : line;
        } else if (!skipping) {
            if (length == LONGEST_LINE) {
                skipping = true;
                line = new byte[FIRST_LINE_BYTES];
                answer(ContextProtocol.error("a line is at most 1 MiB; this one is thrown away"));
                return;
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, Math.min(LONGEST_LINE, line.length * 2));
            }
            line[length++] = b;
        }
    }

    private boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private void answer(ObjectNode answer) {
        byte[] bytes = (answer + "\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer more = ByteBuffer.allocate(answers.remaining() + bytes.length);
        more.put(answers).put(bytes).flip();
        answers = more;
    }

    /** Sends what can be sent. */
    void write() throws IOException {
        while (answers.hasRemaining() && channel.write(answers) > 0) {
            lastHeardNanos = System.nanoTime();
        }
    }

    boolean hasUnread() {
        return unread.hasRemaining() && answers.remaining() <= LONGEST_LINE;
    }

    boolean isOver() {
        return inputEnded && !answers.hasRemaining() && !unread.hasRemaining();
    }

    boolean isIdle(long now, long longestNanos) {
        return now - lastHeardNanos > longestNanos;
    }

    int interest() {
        int interest = answers.hasRemaining() ? SelectionKey.OP_WRITE : 0;
        boolean mayRead = !inputEnded && !unread.hasRemaining() && answers.remaining() <= LONGEST_LINE;
        return interest | (mayRead ? SelectionKey.OP_READ : 0);
    }

    void close() throws IOException {
        channel.close();
    }
}
