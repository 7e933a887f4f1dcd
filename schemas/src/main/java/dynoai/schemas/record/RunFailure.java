package dynoai.schemas.record;

import java.util.EnumSet;
import java.util.Set;

/** Why a run cannot be completed from what is on the run log. The names are part of the contract. */
public enum RunFailure {
    /** A record of the run could not be read. */
    UNREADABLE_RECORD,
    /** A block is missing, or comes before the run's start. */
    BLOCKS_MISSING,
    /** The rows or blocks received are not those the run's end tells. */
    COUNTS_DO_NOT_ADD_UP,
    /** The log's hash at the end is not the one at the start. */
    HASH_DIFFERS,
    /** The run's options are none this version accepts. */
    OPTIONS_REFUSED,
    /** The rows could be read but not folded. */
    FOLD_FAILED,
    /** The run's state in the store could not be read. */
    STATE_UNREADABLE,
    /** The run has more windows than its outcome can carry. */
    TIMELINE_TOO_LONG,
    /** A code this version does not know, from a newer analyzer. */
    OTHER;

    private static final Set<RunFailure> LOST_ON_THE_WAY =
            EnumSet.of(UNREADABLE_RECORD, BLOCKS_MISSING, COUNTS_DO_NOT_ADD_UP, HASH_DIFFERS, STATE_UNREADABLE);

    /** Whether it tells of what Kafka or a store lost rather than of the log, so that sending the log again may help. */
    public boolean isLostOnTheWay() {
        return LOST_ON_THE_WAY.contains(this);
    }

    public static RunFailure ofName(String name) {
        for (RunFailure failure : values()) {
            if (failure.name().equals(name)) {
                return failure;
            }
        }
        return OTHER;
    }
}
