package dynoai.ingest.folder.claim;

import dynoai.schemas.run.RunId;
import java.security.SecureRandom;
import java.time.Clock;

/** Makes run ids from the time and a counter with a random start, so that ids of the same second never collide. */
public final class RunIds {
    private final Clock clock;
    private int next = new SecureRandom().nextInt();

    public RunIds(Clock clock) {
        this.clock = clock;
    }

    public String next() {
        next++;
        return RunId.of(clock.instant(), next);
    }
}
