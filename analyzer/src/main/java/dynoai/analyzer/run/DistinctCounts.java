package dynoai.analyzer.run;

import dynoai.schemas.wire.BinaryInput;
import dynoai.schemas.wire.BinaryOutput;
import dynoai.schemas.wire.UnreadableRecordException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A multiset of doubles without NaN: an open-addressed hash table of bits and counts next to each other. */
final class DistinctCounts {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    /** The bits of a free place: a NaN. */
    private static final long FREE = 0x7FF8DEADBEEF0001L;

    private static final int FIRST_PLACES_LOG2 = 4;

    private long[] table = new long[0];
    private int shift = Long.SIZE - FIRST_PLACES_LOG2;
    private int distinct;
    private long total;

    int distinct() {
        return distinct;
    }

    long total() {
        return total;
    }

    void add(double value, long count) {
        if (distinct * 4 >= table.length) {
            grow();
        }
        long bits = Double.doubleToRawLongBits(value);
        int mask = table.length - 2;
        int at = (int) (bits * GOLDEN >>> shift) << 1;
        long[] places = table;
        while (places[at] != bits) {
            if (places[at] == FREE) {
                places[at] = bits;
                distinct++;
                break;
            }
            at = at + 2 & mask;
        }
        places[at + 1] += count;
        total += count;
    }

    private void grow() {
        rebuild(table.length == 0 ? 1 << FIRST_PLACES_LOG2 : table.length);
    }

    private void rebuild(int places) {
        long[] old = table;
        table = new long[places * 2];
        shift = Long.SIZE - Integer.numberOfTrailingZeros(places);
        for (int i = 0; i < table.length; i += 2) {
            table[i] = FREE;
        }
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != FREE) {
                place(old[i], old[i + 1]);
            }
        }
    }

    private void place(long bits, long count) {
        int mask = table.length - 2;
        int at = (int) (bits * GOLDEN >>> shift) << 1;
        while (table[at] != FREE) {
            at = at + 2 & mask;
        }
        table[at] = bits;
        table[at + 1] = count;
    }

    /** Visits every distinct value with its count, in no particular order. */
    void forEach(ErrorVisitor visitor) {
        for (int i = 0; i < table.length; i += 2) {
            if (table[i] != FREE) {
                visitor.error(Double.longBitsToDouble(table[i]), table[i + 1]);
            }
        }
    }

    /**
     * Puts each value's bits and count, until the buffer is full.
     *
     * @param from 0, or the result of the previous call
     * @return where the next call continues, or -1 after the last value
     */
    int put(int from, ByteBuffer into) {
        for (int i = from; i < table.length; i += 2) {
            if (table[i] != FREE) {
                if (into.remaining() < 2 * Long.BYTES) {
                    return i;
                }
                into.putLong(table[i]).putLong(table[i + 1]);
            }
        }
        return -1;
    }

    /** Removes everything but keeps the memory. */
    void clear() {
        for (int i = 0; i < table.length; i += 2) {
            table[i] = FREE;
            table[i + 1] = 0;
        }
        distinct = 0;
        total = 0;
    }

    /** Writes every distinct value with its count, in no particular order, and clears them. */
    void drain(BinaryOutput out) {
        out.writeInt(distinct);
        forEach((value, count) -> {
            out.writeDouble(value);
            out.writeLong(count);
        });
        clear();
    }

    /** Adds counts that {@link #drain} wrote. */
    void addDrained(BinaryInput in) throws UnreadableRecordException {
        for (int rest = in.readCount(in.remaining()); rest > 0; rest--) {
            double value = in.readDouble();
            add(value, in.readCount(Integer.MAX_VALUE));
        }
    }

    private long countOf(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int mask = table.length - 2;
        int at = (int) (bits * GOLDEN >>> shift) << 1;
        while (table[at] != bits) {
            at = at + 2 & mask;
        }
        return table[at + 1];
    }

    /** Adds every distinct value with its count as one ascending run. */
    void addTo(SortedErrors sorted) {
        double[] values = new double[distinct];
        int filled = 0;
        for (int i = 0; i < table.length; i += 2) {
            if (table[i] != FREE) {
                values[filled++] = Double.longBitsToDouble(table[i]);
            }
        }
        Arrays.sort(values);
        for (double value : values) {
            sorted.add(value, countOf(value));
        }
        sorted.endRun();
    }
}
