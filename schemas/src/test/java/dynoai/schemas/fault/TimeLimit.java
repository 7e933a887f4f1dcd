package dynoai.schemas.fault;

import java.time.Duration;

/** Time limits of tests. */
public final class TimeLimit {
    private static final int SHARED_MACHINE_FACTOR = 12;

    private TimeLimit() {}

    /** Returns the promised time with {@code -Ddynoai.nightly=true}, twelve times as long on a machine shared with others. */
    public static Duration timeFor(Duration promised) {
        return Boolean.getBoolean("dynoai.nightly") ? promised : promised.multipliedBy(SHARED_MACHINE_FACTOR);
    }
}
