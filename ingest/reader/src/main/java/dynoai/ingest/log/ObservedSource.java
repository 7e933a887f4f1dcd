package dynoai.ingest.log;

import dynoai.ingest.log.text.LogSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A log whose own bytes are counted and observed while it is read once. */
final class ObservedSource implements LogSource {
    private final LogSource log;
    private final @Nullable ByteObserver observer;
    private long bytes;

    ObservedSource(LogSource log, @Nullable ByteObserver observer) {
        this.log = log;
        this.observer = observer;
    }

    /** Returns the number of bytes read so far. */
    long bytes() {
        return bytes;
    }

    @Override
    public String name() {
        return log.name();
    }

    @Override
    public Bytes open() throws IOException {
        Bytes opened = log.open();
        return new Bytes() {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = opened.read(target, offset, length);
                if (count > 0) {
                    bytes += count;
                    if (observer != null) {
                        observer.bytes(target, offset, offset + count);
                    }
                }
                return count;
            }

            @Override
            public void close() throws IOException {
                opened.close();
            }
        };
    }
}
