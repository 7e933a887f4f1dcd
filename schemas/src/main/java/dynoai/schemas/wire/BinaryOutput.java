package dynoai.schemas.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** Writes Avro's binary encoding into a growing array. Not thread-safe. */
public final class BinaryOutput {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_VARINT_BYTES = 10;

    /** A varint of up to four bytes is encoded without a branch, because its length is not predictable. */
    private static final int SHORT_VARINT_BITS = 28;

    private byte[] buffer;
    private int length;

    public BinaryOutput(int capacity) {
        buffer = new byte[Math.max(capacity, MAX_VARINT_BYTES)];
    }

    /** Discards the content and keeps the array. */
    public BinaryOutput clear() {
        length = 0;
        return this;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, length);
    }

    public int length() {
        return length;
    }

    public void writeLong(long value) {
        ensure(MAX_VARINT_BYTES);
        length = putVarint(buffer, length, zigzag(value));
    }

    public void writeInt(int value) {
        writeLong(value);
    }

    public void writeBoolean(boolean value) {
        ensure(1);
        buffer[length++] = (byte) (value ? 1 : 0);
    }

    public void writeDouble(double value) {
        writeFixedLong(Double.doubleToRawLongBits(value));
    }

    /** Writes eight bytes, lowest first. */
    void writeFixedLong(long bits) {
        ensure(Long.BYTES);
        LONG.set(buffer, length, bits);
        length += Long.BYTES;
    }

    void writeByte(int value) {
        ensure(1);
        buffer[length++] = (byte) value;
    }

    public void writeString(String text) {
        writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public void writeBytes(byte[] bytes) {
        writeLong(bytes.length);
        writeRaw(bytes, bytes.length);
    }

    public void writeRaw(byte[] bytes, int count) {
        ensure(count);
        System.arraycopy(bytes, 0, buffer, length, count);
        length += count;
    }

    public void writeDoubles(double[] values, int count) {
        if (count > 0) {
            writeLong(count);
            ensure(count * Double.BYTES);
            for (int i = 0; i < count; i++) {
                LONG.set(buffer, length, Double.doubleToRawLongBits(values[i]));
                length += Double.BYTES;
            }
        }
        writeLong(0);
    }

    /** Writes an array of longs, each as the difference to the one before. */
    void writeDeltas(long[] values, int count) {
        if (count > 0) {
            writeLong(count);
            ensure(count * MAX_VARINT_BYTES);
            byte[] into = buffer;
            int at = length;
            long previous = 0;
            int i = 0;
            for (; i <= count - Long.BYTES; i += Long.BYTES) {
                at = putEight(into, at, values, i, previous);
                previous = values[i + Long.BYTES - 1];
            }
            for (; i < count; i++) {
                at = putVarint(into, at, zigzag(values[i] - previous));
                previous = values[i];
            }
            length = at;
        }
        writeLong(0);
    }

    /** Writes the differences of eight values, which often have a byte each. */
    private static int putEight(byte[] into, int from, long[] values, int first, long before) {
        long a = zigzag(values[first] - before);
        long b = zigzag(values[first + 1] - values[first]);
        long c = zigzag(values[first + 2] - values[first + 1]);
        long d = zigzag(values[first + 3] - values[first + 2]);
        long e = zigzag(values[first + 4] - values[first + 3]);
        long f = zigzag(values[first + 5] - values[first + 4]);
        long g = zigzag(values[first + 6] - values[first + 5]);
        long h = zigzag(values[first + 7] - values[first + 6]);
        long all = a | b | c | d | e | f | g | h;
        if (all >>> 7 == 0) {
            LONG.set(into, from, a | b << 8 | c << 16 | d << 24 | e << 32 | f << 40 | g << 48 | h << 56);
            return from + Long.BYTES;
        }
        if (all >>> 14 == 0) {
            return putFour(into, putFour(into, from, a, b, c, d), e, f, g, h);
        }
        int at = putVarint(into, from, a);
        at = putVarint(into, at, b);
        at = putVarint(into, at, c);
        at = putVarint(into, at, d);
        at = putVarint(into, at, e);
        at = putVarint(into, at, f);
        at = putVarint(into, at, g);
        return putVarint(into, at, h);
    }

    /** Writes four varints of one or two bytes, which have a word together. */
    private static int putFour(byte[] into, int at, long a, long b, long c, long d) {
        int bOffset = length(a);
        int cOffset = bOffset + length(b);
        int dOffset = cOffset + length(c);
        long word = varint(a) | varint(b) << bOffset | varint(c) << cOffset | varint(d) << dOffset;
        LONG.set(into, at, word);
        return at + (dOffset + length(d) >>> 3);
    }

    /** Returns the number of bits of a varint of one or two bytes: a value from 2^7 has a second byte. */
    private static int length(long value) {
        return Byte.SIZE + ((int) value + 0x3F80 >>> 14 << 3);
    }

    /** Returns a varint of one or two bytes. */
    private static long varint(long value) {
        return value + (value & 0x3F80) | (value + 0x3F80 >>> 7 & 0x80);
    }

    public <T> void writeList(List<T> items, BiConsumer<BinaryOutput, T> writer) {
        if (!items.isEmpty()) {
            writeLong(items.size());
            for (T item : items) {
                writer.accept(this, item);
            }
        }
        writeLong(0);
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    /** Needs room for {@link #MAX_VARINT_BYTES}. */
    private static int putVarint(byte[] into, int at, long rest) {
        if (rest >>> SHORT_VARINT_BITS != 0) {
            return putLongVarint(into, at, rest);
        }
        int bits = (int) rest;
        int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(bits | 1)) * 9 + 64 >>> 6;
        int spread = bits & 0x7F | (bits & 0x3F80) << 1 | (bits & 0x1F_C000) << 2 | (bits & 0xFE0_0000) << 3;
        INT.set(into, at, spread | 0x80_8080 & (1 << (bytes - 1) * Byte.SIZE) - 1);
        return at + bytes;
    }

    private static int putLongVarint(byte[] into, int from, long bits) {
        long rest = bits;
        int at = from;
        while ((rest & ~0x7FL) != 0) {
            into[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        into[at++] = (byte) rest;
        return at;
    }

    private void ensure(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
