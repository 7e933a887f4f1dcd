package dynoai.engine;

import dynoai.ingest.log.ByteObserver;
import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Hashes a log and writes its copy from the very bytes that are parsed, on a thread of its own, so that parsing waits for
 * neither.
 */
final class LogCopy implements ByteObserver, AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int BUFFERS = 8;

    /** Ends the queue; also what is filled before the first byte has come. */
    private static final Piece NOTHING = new Piece(0);

    private final ArrayBlockingQueue<Piece> free = new ArrayBlockingQueue<>(BUFFERS);
    private final ArrayBlockingQueue<Piece> full = new ArrayBlockingQueue<>(BUFFERS + 1);
    private final Thread writer;
    private final OutputStream target;
    private int madeBuffers;
    private Piece filling = NOTHING;
    private volatile @Nullable IOException failure;
    private boolean ended;
    private String sha256 = "";
    private long size;

    LogCopy(OutputStream target) {
        this.target = target;
        writer = new Thread(this::copyAll, "log-copy");
        writer.setDaemon(true);
        writer.start();
    }

    /** Some bytes of the log on their way to the writer. */
    private static final class Piece {
        final byte[] bytes;
        int length;

        Piece(int capacity) {
            bytes = new byte[capacity];
        }

        int room() {
            return bytes.length - length;
        }
    }

    /** What was copied. */
    record Copied(String sha256, long size) {}

    @Override
    public void bytes(byte[] buffer, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            if (filling.room() == 0) {
                hand();
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
        hand();
        put(NOTHING);
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the log was copied");
        }
        ended = true;
        throwFailure();
        return new Copied(sha256, size);
    }

    /** Ends the copy where it is; does nothing after {@link #finish}. */
    @Override
    public void close() {
        if (ended) {
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

    private void hand() throws IOException {
        if (filling.length > 0) {
            put(filling);
            filling = NOTHING;
        }
    }

    private void put(Piece buffer) throws IOException {
        throwFailure();
        try {
            full.put(buffer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the log was copied");
        }
    }

    private Piece emptyBuffer() throws IOException {
        @Nullable Piece buffer = free.poll();
        if (buffer == null && madeBuffers < BUFFERS) {
            madeBuffers++;
            return new Piece(BUFFER_BYTES);
        }
        if (buffer == null) {
            try {
                buffer = free.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while the log was copied");
            }
        }
        throwFailure();
        return buffer;
    }

    private void throwFailure() throws IOException {
        IOException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    /** After a failure it goes on taking buffers, so that the reader never waits for a writer that is gone. */
    private void copyAll() {
        MessageDigest hash = Sha256.digest();
        try {
            for (Piece buffer = full.take(); buffer != NOTHING; buffer = full.take()) {
                size += buffer.length;
                hash.update(buffer.bytes, 0, buffer.length);
                target.write(buffer.bytes, 0, buffer.length);
                buffer.length = 0;
                free.add(buffer);
            }
            sha256 = Sha256.hex(hash);
        } catch (IOException e) {
            failure = e;
            passOn();
        } catch (InterruptedException e) {
            failure = new InterruptedIOException("interrupted while the log was copied");
        } catch (RuntimeException | Error e) {
            failure = new IOException("the log could not be copied: " + e, e);
            passOn();
        }
    }

    private void passOn() {
        try {
            for (Piece buffer = full.take(); buffer != NOTHING; buffer = full.take()) {
                buffer.length = 0;
                free.add(buffer);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
