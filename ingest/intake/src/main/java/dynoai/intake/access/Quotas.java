package dynoai.intake.access;

import dynoai.intake.event.IntakeEvents;
import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.RequestException;
import dynoai.schemas.access.Credentials;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How much each shop uses, and how much it may. An intake counts by itself, from its start. Thread-safe. */
public final class Quotas {
    static final int REQUESTS_PER_SECOND = 50;
    static final int OPEN_UPLOADS = 64;
    static final long LARGEST_LOG = 4L << 30;
    private static final int BURST_SECONDS = 4;
    private static final int OPEN_RETRY_SECONDS = 10;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

    private final Credentials credentials;
    private final InstantSource clock;
    private final IntakeEvents events;
    private final Map<String, Use> uses = new ConcurrentHashMap<>();

    /** What a shop used. */
    private static final class Use {
        private double requests;
        private long countedNanos = System.nanoTime();
        private long day;
        private long bytes;
        private final Set<RunKey> open = new HashSet<>();
        private Instant looked = Instant.EPOCH;

        private void startDay(long today) {
            if (today != day) {
                day = today;
                bytes = 0;
            }
        }
    }

    public Quotas(Credentials credentials, InstantSource clock, IntakeEvents events) {
        this.credentials = credentials;
        this.events = events;
        this.clock = clock;
    }

    /** @throws RequestException if the shop sends more requests in a second than it may */
    void countRequest(String shop) throws RequestException {
        int limit = orDefault(credentials.limits(shop).requestsPerSecond(), REQUESTS_PER_SECOND);
        Use use = use(shop);
        synchronized (use) {
            long now = System.nanoTime();
            double passed = limit * ((now - use.countedNanos) / NANOS_PER_SECOND);
            use.requests = Math.max(0, use.requests - passed);
            use.countedNanos = now;
            if (use.requests + 1 > (double) limit * BURST_SECONDS) {
                throw RequestException.later(
                        ErrorCode.QUOTA_EXCEEDED, "more than " + limit + " requests in a second", 1);
            }
            use.requests++;
        }
    }

    /** Returns the size of the largest log that a shop may send. */
    public long largestLog(String shop) {
        return orDefault(credentials.limits(shop).largestLog(), LARGEST_LOG);
    }

    /** @throws RequestException if a log is larger than those of the shop may be, or more than is left for today */
    public void requireRoomFor(String shop, long bytes) throws RequestException {
        long largest = largestLog(shop);
        if (bytes > largest) {
            throw new RequestException(
                    ErrorCode.TOO_LARGE, "the log has " + bytes + " bytes, and at most " + largest + " are allowed");
        }
        long daily = bytesPerDay(shop);
        Use use = use(shop);
        synchronized (use) {
            use.startDay(today());
            if (use.bytes + bytes > daily) {
                throw RequestException.later(
                        ErrorCode.QUOTA_EXCEEDED, "more than " + daily + " bytes in a day", secondsToTomorrow());
            }
        }
    }

    /** Counts bytes that arrived. */
    public void countBytes(String shop, long bytes) {
        events.received(shop, bytes);
        Use use = use(shop);
        synchronized (use) {
            use.startDay(today());
            use.bytes += bytes;
        }
    }

    /** Looks up uploads in the store. */
    @FunctionalInterface
    public interface OpenUploads {
        boolean isOpen(RunKey run) throws IOException;
    }

    /**
     * Counts an upload as open.
     *
     * @return false if it was counted already
     * @throws RequestException if the shop has as many open uploads as it may
     */
    public boolean open(RunKey run, OpenUploads uploads) throws RequestException, IOException {
        int limit = orDefault(credentials.limits(run.shop()).openUploads(), OPEN_UPLOADS);
        Use use = use(run.shop());
        synchronized (use) {
            if (!use.open.contains(run) && use.open.size() >= limit) {
                removeEnded(use, uploads);
                if (use.open.size() >= limit) {
                    throw RequestException.later(
                            ErrorCode.QUOTA_EXCEEDED,
                            "more than " + limit + " uploads at the same time",
                            OPEN_RETRY_SECONDS);
                }
            }
            return use.open.add(run);
        }
    }

    /** Removes uploads that expired, or that another intake completed or deleted. */
    private void removeEnded(Use use, OpenUploads uploads) throws IOException {
        Instant now = clock.instant();
        if (now.isBefore(use.looked.plusSeconds(OPEN_RETRY_SECONDS))) {
            return;
        }
        use.looked = now;
        for (RunKey run : Set.copyOf(use.open)) {
            if (!uploads.isOpen(run)) {
                use.open.remove(run);
            }
        }
    }

    /** Takes an upload that ended out of the count. */
    public void close(RunKey run) {
        Use use = use(run.shop());
        synchronized (use) {
            use.open.remove(run);
        }
    }

    private Use use(String shop) {
        return uses.computeIfAbsent(shop, each -> {
            Use use = new Use();
            events.counted(each, quota(each, use));
            return use;
        });
    }

    private IntakeEvents.Quota quota(String shop, Use use) {
        return new IntakeEvents.Quota() {
            @Override
            public long bytesToday() {
                synchronized (use) {
                    use.startDay(today());
                    return use.bytes;
                }
            }

            @Override
            public long bytesPerDay() {
                return Quotas.this.bytesPerDay(shop);
            }
        };
    }

    private long bytesPerDay(String shop) {
        return credentials.limits(shop).bytesPerDayOrDefault();
    }

    private long today() {
        return Math.floorDiv(clock.instant().getEpochSecond(), DAY_SECONDS);
    }

    private int secondsToTomorrow() {
        Instant tomorrow = Instant.ofEpochSecond((today() + 1) * DAY_SECONDS);
        return (int) Duration.between(clock.instant(), tomorrow).toSeconds() + 1;
    }

    private static int orDefault(int limit, int otherwise) {
        return limit == 0 ? otherwise : limit;
    }

    private static long orDefault(long limit, long otherwise) {
        return limit == 0 ? otherwise : limit;
    }
}
