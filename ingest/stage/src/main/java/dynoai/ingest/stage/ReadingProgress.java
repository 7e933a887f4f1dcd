package dynoai.ingest.stage;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.log.text.LogSource;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Reports how far a log is read, at most four times a second. */
final class ReadingProgress {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Claim claim;
    private final IngestEvents events;
    private final LongSupplier nanoClock;

    /** The log may be opened by another thread than the one that takes its rows. */
    private final AtomicLong bytes = new AtomicLong();

    private long rows;
    private long reportedNanos;

    ReadingProgress(Claim claim, IngestEvents events, LongSupplier nanoClock) {
        this.claim = claim;
        this.events = events;
        this.nanoClock = nanoClock;
        this.reportedNanos = nanoClock.getAsLong();
    }

    /** Returns the log with its bytes counted while they are read. */
    LogSource counted(LogSource log) {
        return new CountedLog(log, bytes);
    }

    void rows(int more) {
        rows += more;
        long now = nanoClock.getAsLong();
        if (now - reportedNanos >= INTERVAL_NANOS) {
            reportedNanos = now;
            events.logProgress(claim, rows, bytes.get());
        }
    }

    private record CountedLog(LogSource log, AtomicLong counter) implements LogSource {
        @Override
        public String name() {
            return log.name();
        }

        @Override
        public Bytes open() throws IOException {
            Bytes bytes = log.open();
            return new Bytes() {
                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    int count = bytes.read(target, offset, length);
                    counter.addAndGet(Math.max(0, count));
                    return count;
                }

                @Override
                public void close() throws IOException {
                    bytes.close();
                }
            };
        }
    }
}
