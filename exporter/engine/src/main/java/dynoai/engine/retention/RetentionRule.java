package dynoai.engine.retention;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of a kind is kept: what is younger than the days or among the newest of its bike, and of that the newest that fit
 * into the bytes. A limit that is null does not apply.
 */
record RetentionRule(
        @Nullable Integer keepDays,
        @Nullable Integer keepNewest,
        @Nullable Long maxBytes) {
    static final long DAY_MILLIS = 86_400_000L;

    /**
     * Returns why one may go by its age; null if it is kept.
     *
     * @param newer how many of the same bike are newer
     */
    @Nullable
    String expired(long ageMillis, int newer) {
        List<String> why = new ArrayList<>();
        if (keepDays != null) {
            if (ageMillis <= keepDays * DAY_MILLIS) {
                return null;
            }
            why.add("older than " + keepDays + (keepDays == 1 ? " day" : " days"));
        }
        if (keepNewest != null) {
            if (newer < keepNewest) {
                return null;
            }
            why.add("not among the newest " + keepNewest);
        }
        return why.isEmpty() ? null : String.join(", ", why);
    }
}
