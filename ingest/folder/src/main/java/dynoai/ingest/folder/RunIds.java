package dynoai.ingest.folder;

import dynoai.schemas.run.RunId;
import java.security.SecureRandom;
import java.time.Clock;

/** Makes run ids that count on from a random start: thousands claimed in the same second must not meet. */
final class RunIds {
    private final Clock clock;
    private int next = new SecureRandom().nextInt();

    RunIds(Clock clock) {
        this.clock = clock;
    }

    String next() {
        next++;
        return RunId.of(clock.instant(), next);
    }
}
