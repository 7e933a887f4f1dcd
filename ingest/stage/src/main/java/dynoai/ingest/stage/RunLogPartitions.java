package dynoai.ingest.stage;

import dynoai.ingest.stage.internal.KeyHash;
import java.util.List;

/**
 * Which partition of the run log holds a run. The last partitions are for large runs, so that a small run is never behind one.
 *
 * @param count partitions of the topic
 */
record RunLogPartitions(int count) {
    /** The analyzer folds this many rows in about a quarter of a second. */
    static final long MAX_SMALL_ROWS = 500_000;

    /** A sixth of the partitions is for large runs, and at least one. */
    private static final int SHARE = 6;

    int of(String key, long rows) {
        return rows > MAX_SMALL_ROWS ? large(key) : small(key);
    }

    /** Every partition that may hold a run. */
    List<Integer> all(String key) {
        return large(key) == small(key) ? List.of(small(key)) : List.of(small(key), large(key));
    }

    private int small(String key) {
        return KeyHash.of(key) % Math.max(1, count - forLarge());
    }

    private int large(String key) {
        return count < 2 ? 0 : count - 1 - KeyHash.of(key) % forLarge();
    }

    private int forLarge() {
        return Math.max(1, count / SHARE);
    }

    /** Returns the partition of a key on a topic that the default partitioner fills. */
    static int byDefault(String key, int partitions) {
        return KeyHash.of(key) % partitions;
    }
}
