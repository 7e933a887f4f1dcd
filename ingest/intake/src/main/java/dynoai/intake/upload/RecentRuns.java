package dynoai.intake.upload;

import dynoai.schemas.record.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** The runs for which something was done a short time ago, as far as this intake remembers. Thread-safe. */
public final class RecentRuns {
    private static final int MAX_REMEMBERED = 10_000;

    private final Duration interval;
    private final InstantSource clock;

    /** The times by run, the oldest first. */
    private final Map<RunKey, Instant> times = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunKey, Instant> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    public RecentRuns(Duration interval, InstantSource clock) {
        this.interval = interval;
        this.clock = clock;
    }

    /** Adds a run. Returns false if it was added within the interval before. */
    public synchronized boolean add(RunKey run) {
        Instant now = clock.instant();
        Instant last = times.get(run);
        if (last != null && last.plus(interval).isAfter(now)) {
            return false;
        }
        times.remove(run);
        times.put(run, now);
        return true;
    }
}
