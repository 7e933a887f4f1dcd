package dynoai.schemas.fault;

import java.time.Duration;

/** How long what was promised may take in a test. */
public final class TimeLimit {
    private static final int ON_A_SHARED_MACHINE = 3;

    private TimeLimit() {}

    /** Returns the promised time with {@code -Ddynoai.nightly=true}, when nothing else runs; else three times that, for a shared machine. */
    public static Duration timeFor(Duration promised) {
        return Boolean.getBoolean("dynoai.nightly") ? promised : promised.multipliedBy(ON_A_SHARED_MACHINE);
    }
}
