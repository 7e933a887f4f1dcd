package dynoai.dashboard.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A response being sent: bytes from memory, then a file or the events of a stream. */
final class Reply implements Closeable {
    private static final int MAX_FILE_BYTES_AT_ONCE = 256 * 1024;

    private final boolean last;
    private final int memoryBytes;
    private final @Nullable FileChannel file;
    private final long fileBytes;
    private final @Nullable EventStream stream;
    private ByteBuffer[] memory;
    private long filePosition;

    private Reply(
            boolean last,
            @Nullable FileChannel file,
            long fileBytes,
            @Nullable EventStream stream,
            ByteBuffer... memory) {
        this.last = last;
        this.file = file;
        this.fileBytes = fileBytes;
        this.stream = stream;
        this.memory = memory;
        this.memoryBytes = (int) remaining(memory);
    }

    /** @param last whether the connection ends after it */
    static Reply ofBytes(boolean last, byte[] head, byte[] body) {
        return new Reply(last, null, 0, null, ByteBuffer.wrap(head), ByteBuffer.wrap(body));
    }

    static Reply ofFile(boolean last, byte[] head, FileChannel file, long bytes) {
        return new Reply(last, file, bytes, null, ByteBuffer.wrap(head));
    }

    /** @param now the time, as of {@link System#nanoTime} */
    static Reply ofStream(byte[] head, EventStream stream, long now) {
        return new Reply(true, null, 0, stream, ByteBuffer.wrap(head), ByteBuffer.wrap(stream.next(now)));
    }

    boolean isLast() {
        return last;
    }

    /** Returns the bytes that it holds in memory until it is sent. */
    int memoryBytes() {
        return memoryBytes;
    }

    @Nullable
    EventStream stream() {
        return stream;
    }

    /** Adds an event of the stream. */
    void add(byte[] event) {
        memory = new ByteBuffer[] {ByteBuffer.wrap(event)};
    }

    boolean isSent() {
        return remaining(memory) == 0 && filePosition == fileBytes;
    }

    /** Sends as much as the client takes, but not much at once, and returns whether it was anything. */
    boolean send(SocketChannel channel) throws IOException {
        if (remaining(memory) > 0) {
            return channel.write(memory) > 0;
        }
        if (file == null) {
            return false;
        }
        long sent = file.transferTo(filePosition, Math.min(MAX_FILE_BYTES_AT_ONCE, fileBytes - filePosition), channel);
        if (sent == 0 && file.size() <= filePosition) {
            throw new IOException("the file became shorter while it was sent");
        }
        filePosition += sent;
        return sent > 0;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
        if (stream != null) {
            stream.close();
        }
    }

    private static long remaining(ByteBuffer[] buffers) {
        long bytes = 0;
        for (ByteBuffer buffer : buffers) {
            bytes += buffer.remaining();
        }
        return bytes;
    }
}
