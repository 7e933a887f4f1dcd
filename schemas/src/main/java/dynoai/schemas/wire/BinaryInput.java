package dynoai.schemas.wire;

import dynoai.schemas.log.Decimal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro's binary encoding from an untrusted array. It allocates no more than the remaining bytes can fill.
 */
public final class BinaryInput {
    public interface ItemReader<T> {
        T read(BinaryInput in) throws UnreadableRecordException;
    }

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long CONTINUED = 0x8080_8080_8080_8080L;
    private static final long EVERY_SECOND = 0x0080_0080_0080_0080L;
    /** Integers with these bits only, and those near them, are exact as doubles. */
    private static final long SURELY_EXACT = (Decimal.MANTISSA_LIMIT >> 1) - 1;

    private final byte[] bytes;
    private final @Nullable ColumnBuffers buffers;
    private int at;
    /** The last integer of the differences that are read, and the bits of those so far. */
    private long last;

    private long bits;

    public BinaryInput(byte[] bytes) {
        this(bytes, 0);
    }

    BinaryInput(byte[] bytes, int from) {
        this(bytes, from, null);
    }

    BinaryInput(byte[] bytes, int from, @Nullable ColumnBuffers buffers) {
        this.bytes = bytes;
        this.at = from;
        this.buffers = buffers;
    }

    /** The buffers for the columns of a block; null for new arrays. */
    @Nullable
    ColumnBuffers buffers() {
        return buffers;
    }

    /** The index of the next byte. */
    public int position() {
        return at;
    }

    public int remaining() {
        return bytes.length - at;
    }

    /** Returns Avro's own decoder of the remaining bytes. */
    BinaryDecoder decoder(DecoderFactory factory) {
        return factory.binaryDecoder(bytes, at, remaining(), null);
    }

    void skip(int count) throws UnreadableRecordException {
        take(count);
    }

    /** @throws UnreadableRecordException if bytes remain */
    public void expectEnd() throws UnreadableRecordException {
        if (at != bytes.length) {
            throw new UnreadableRecordException(remaining() + " bytes too many at byte " + at);
        }
    }

    public long readLong() throws UnreadableRecordException {
        long raw = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= bytes.length) {
                throw new UnreadableRecordException("cut off at byte " + at);
            }
            byte next = bytes[at++];
            raw |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return raw >>> 1 ^ -(raw & 1);
            }
        }
        throw new UnreadableRecordException("not a number at byte " + at);
    }

    public int readInt() throws UnreadableRecordException {
        long value = readLong();
        if (value != (int) value) {
            throw new UnreadableRecordException("not an int at byte " + at + ": " + value);
        }
        return (int) value;
    }

    /** Reads a number from 0 to a maximum. */
    public int readCount(int max) throws UnreadableRecordException {
        long value = readLong();
        if (value < 0 || value > max) {
            throw new UnreadableRecordException(value + " at byte " + at + ", expected 0 to " + max);
        }
        return (int) value;
    }

    public double readDouble() throws UnreadableRecordException {
        return Double.longBitsToDouble(readFixedLong());
    }

    /** Reads eight bytes, lowest first. */
    long readFixedLong() throws UnreadableRecordException {
        return (long) LONG.get(take(Long.BYTES), at - Long.BYTES);
    }

    public String readString() throws UnreadableRecordException {
        int length = readCount(remaining());
        take(length);
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    public byte[] readBytes() throws UnreadableRecordException {
        int length = readCount(remaining());
        take(length);
        byte[] copy = new byte[length];
        System.arraycopy(bytes, at - length, copy, 0, length);
        return copy;
    }

    /** Reads an array of exactly {@code count} doubles. */
    public void readDoubles(double[] into, int count) throws UnreadableRecordException {
        int done = 0;
        for (int items = readItems(); items > 0; items = readItems()) {
            checkRoom(done, items, count);
            take(items * Double.BYTES);
            int from = at - items * Double.BYTES;
            for (int i = 0; i < items; i++) {
                into[done + i] = Double.longBitsToDouble((long) LONG.get(bytes, from + i * Double.BYTES));
            }
            done += items;
        }
        checkFull(done, count);
    }

    /**
     * Reads an array of exactly {@code count} integers, each written as the difference to the one before, as doubles. Returns
     * whether all are exact.
     */
    boolean readDeltas(double[] into, int count) throws UnreadableRecordException {
        int done = 0;
        last = 0;
        bits = 0;
        for (int items = readItems(); items > 0; items = readItems()) {
            checkRoom(done, items, count);
            readDeltas(into, done, done + items);
            done += items;
        }
        checkFull(done, count);
        return (bits & ~SURELY_EXACT) == 0 || isExact(into, count);
    }

    private static boolean isExact(double[] integers, int count) {
        for (int i = 0; i < count; i++) {
            if (!(Math.abs(integers[i]) < Decimal.MANTISSA_LIMIT)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads eight bytes at a time: eight numbers, four numbers or at least one. Collects the bits of the last number of each
     * step; the others are at most 2^15 away from it.
     */
    private void readDeltas(double[] into, int from, int to) throws UnreadableRecordException {
        byte[] source = bytes;
        int position = at;
        long value = last;
        long seen = bits;
        int i = from;
        while (i < to) {
            long next = position <= source.length - Long.BYTES ? (long) LONG.get(source, position) : CONTINUED;
            long continued = next & CONTINUED;
            int end = (int) (~next & CONTINUED);
            if (continued == 0 && to - i >= Long.BYTES) {
                long deltas = next >>> 1 & 0x3F3F_3F3F_3F3F_3F3FL ^ (next & 0x0101_0101_0101_0101L) * 0xFF;
                for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                    value += (byte) (deltas >>> shift);
                    into[i++] = value;
                }
                position += Long.BYTES;
            } else if (continued == EVERY_SECOND && to - i >= Long.BYTES / 2) {
                long raw = next & 0x007F_007F_007F_007FL | next >>> 1 & 0x3F80_3F80_3F80_3F80L;
                long deltas = raw >>> 1 & 0x1FFF_1FFF_1FFF_1FFFL ^ (raw & 0x0001_0001_0001_0001L) * 0xFFFF;
                for (int shift = 0; shift < Long.SIZE; shift += Short.SIZE) {
                    value += (short) (deltas >>> shift);
                    into[i++] = value;
                }
                position += Long.BYTES;
            } else if ((continued & continued >>> Byte.SIZE) == 0 && to - i >= Long.BYTES / 2) {
                // No number has more than two bytes, so eight bytes are at least four numbers.
                int used = 0;
                for (int number = 0; number < Long.BYTES / 2; number++) {
                    long rest = next >>> used;
                    int second = (int) rest >>> 7 & 1;
                    long raw = rest & 0x7F | rest >>> 1 & 0x3F80 & -second;
                    used += Byte.SIZE << second;
                    value += raw >>> 1 ^ -(raw & 1);
                    into[i++] = value;
                }
                position += used >>> 3;
            } else if (end != 0) {
                // The first one to four bytes are a number, decoded without a branch on its length.
                int length = Integer.numberOfTrailingZeros(end);
                int word = (int) next & (2 << length) - 1;
                long raw = word & 0x7F | word >>> 1 & 0x3F80 | word >>> 2 & 0x1F_C000 | word >>> 3 & 0xFE0_0000;
                position += length + 1 >>> 3;
                value += raw >>> 1 ^ -(raw & 1);
                into[i++] = value;
            } else {
                at = position;
                value += readLong();
                position = at;
                into[i++] = value;
            }
            seen |= Math.abs(value);
        }
        at = position;
        last = value;
        bits = seen;
    }

    public <T> List<T> readList(ItemReader<T> reader) throws UnreadableRecordException {
        List<T> list = new ArrayList<>();
        for (int items = readItems(); items > 0; items = readItems()) {
            for (int i = 0; i < items; i++) {
                list.add(reader.read(this));
            }
        }
        return Collections.unmodifiableList(list);
    }

    /** Reads the number of items up to the next count; 0 at the end. An item has at least one byte. */
    int readItems() throws UnreadableRecordException {
        long items = readLong();
        if (items < 0) {
            items = -items;
            readLong();
        }
        if (items < 0 || items > remaining()) {
            throw new UnreadableRecordException(
                    items + " items at byte " + at + ", where " + remaining() + " bytes remain");
        }
        return (int) items;
    }

    /** Skips bytes that must exist. */
    private byte[] take(int count) throws UnreadableRecordException {
        if (count < 0 || count > remaining()) {
            throw new UnreadableRecordException("cut off at byte " + at);
        }
        at += count;
        return bytes;
    }

    private void checkRoom(int done, int items, int count) throws UnreadableRecordException {
        if (items > count - done) {
            throw new UnreadableRecordException("more than " + count + " cells at byte " + at);
        }
    }

    private void checkFull(int done, int count) throws UnreadableRecordException {
        if (done != count) {
            throw new UnreadableRecordException(done + " cells in place of " + count + " at byte " + at);
        }
    }
}
