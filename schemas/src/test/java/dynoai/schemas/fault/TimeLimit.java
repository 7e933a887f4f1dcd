package dynoai.schemas.fault;

import java.time.Duration;

/** How long what was promised may take in a test. */
public final class TimeLimit {
    private static final int BESIDE_OTHERS = 3;

    private TimeLimit() {}

    /** The promise itself with {@code -Ddynoai.nightly=true}, when nothing else runs; else, on a machine shared with others, thrice that. */
    public static Duration timeFor(Duration promised) {
        return Boolean.getBoolean("dynoai.nightly") ? promised : promised.multipliedBy(BESIDE_OTHERS);
    }
}
