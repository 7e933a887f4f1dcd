package dynoai.engine;

import dynoai.ingest.log.ByteObserver;
import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Hashes and copies a log from the bytes that are parsed, on its own thread, so that parsing does not wait. */
final class LogCopy implements ByteObserver, AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int MAX_BUFFERS = 8;

    /** Ends the queue; also stands for the buffer before the first byte. */
    private static final Buffer NONE = new Buffer(0);

    private final ArrayBlockingQueue<Buffer> free = new ArrayBlockingQueue<>(MAX_BUFFERS);
    private final ArrayBlockingQueue<Buffer> full = new ArrayBlockingQueue<>(MAX_BUFFERS + 1);
    private final Thread writer;
    private final OutputStream target;
    private int buffers;
    private Buffer filling = NONE;
    private volatile @Nullable IOException failure;
    private boolean finished;
    private String sha256 = "";
    private long size;

    LogCopy(OutputStream target) {
        this.target = target;
        writer = new Thread(this::copyAll, "log-copy");
        writer.setDaemon(true);
        writer.start();
    }

    private static final class Buffer {
        final byte[] bytes;
        int length;

        Buffer(int capacity) {
            bytes = new byte[capacity];
        }

        int room() {
            return bytes.length - length;
        }
    }

    record Copied(String sha256, long size) {}

    @Override
    public void bytes(byte[] buffer, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            if (filling.room() == 0) {
                enqueueFilled();
                filling = emptyBuffer();
            }
            int length = Math.min(filling.room(), to - at);
            System.arraycopy(buffer, at, filling.bytes, filling.length, length);
            filling.length += length;
            at += length;
        }
    }

    /** Waits until every byte is hashed and written. */
    Copied finish() throws IOException {
        enqueueFilled();
        await(() -> {
            full.put(NONE);
            writer.join();
            return NONE;
        });
        finished = true;
        return new Copied(sha256, size);
    }

    /** Aborts the copy unless it is finished. */
    @Override
    public void close() {
        if (finished) {
            return;
        }
        writer.interrupt();
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void enqueueFilled() throws IOException {
        if (filling.length > 0) {
            Buffer filled = filling;
            await(() -> {
                full.put(filled);
                return filled;
            });
            filling = NONE;
        }
    }

    private Buffer emptyBuffer() throws IOException {
        @Nullable Buffer buffer = free.poll();
        if (buffer != null) {
            return buffer;
        }
        return buffers++ < MAX_BUFFERS ? new Buffer(BUFFER_BYTES) : await(free::take);
    }

    private interface Waiting {
        Buffer run() throws InterruptedException;
    }

    private Buffer await(Waiting waiting) throws IOException {
        try {
            Buffer buffer = waiting.run();
            if (failure != null) {
                throw failure;
            }
            return buffer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the log was copied");
        }
    }

    /** After a failure it keeps returning buffers, so that the reader does not wait forever. */
    private void copyAll() {
        MessageDigest hash = Sha256.digest();
        try {
            for (Buffer buffer = full.take(); buffer != NONE; buffer = full.take()) {
                if (failure == null) {
                    copy(buffer, hash);
                }
                buffer.length = 0;
                free.add(buffer);
            }
            sha256 = Sha256.hex(hash);
        } catch (InterruptedException e) {
            failure = new InterruptedIOException("interrupted while the log was copied");
        }
    }

    private void copy(Buffer buffer, MessageDigest hash) {
        try {
            size += buffer.length;
            hash.update(buffer.bytes, 0, buffer.length);
            target.write(buffer.bytes, 0, buffer.length);
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new IOException("the log could not be copied: " + e, e);
        }
    }
}
