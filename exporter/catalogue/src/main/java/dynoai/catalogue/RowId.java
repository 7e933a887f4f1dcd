package dynoai.catalogue;

import dynoai.catalogue.run.RunLine;

/**
 * The id of a run in the catalogue, its place in time: the milliseconds of its start, then bits of its key. So the newest run has
 * the largest id, a period is a range of ids, and the order is the same in every database.
 */
public final class RowId {
    private static final int KEY_BITS = 21;
    private static final long MAX_MILLIS = Long.MAX_VALUE >> KEY_BITS;

    private RowId() {}

    public static long of(RunLine line) {
        long hash = 0;
        String key = line.key();
        for (int i = 0; i < key.length(); i++) {
            hash = hash * 1_000_003 + key.charAt(i);
        }
        hash ^= hash >>> 32;
        return first(line.startedMillis()) | hash & (1L << KEY_BITS) - 1;
    }

    /** Returns the smallest id of runs that started at a time or later. */
    public static long first(long millis) {
        return Math.max(0, Math.min(MAX_MILLIS, millis)) << KEY_BITS;
    }
}
