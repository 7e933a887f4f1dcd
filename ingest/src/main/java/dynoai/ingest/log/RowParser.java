package dynoai.ingest.log;

import dynoai.schemas.Decimal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Turns lines into rows of a {@link RawBlock}, eight bytes at a time.
 *
 * <p>A cell of at most seven bytes that ends at a delimiter or a line end and holds nothing but digits and one point is
 * converted inside one long: find its end, move its last byte to the top, take the point out, check the digits, combine
 * them with three multiplications. That is nearly every cell of a dyno log. Every other cell (signs, exponents, quotes,
 * spaces, text, more digits) goes through {@link CellNumber} byte by byte. Both give the same double for the same digits.
 *
 * <p>Every CR and every LF ends a line, so that CRLF is a line and an empty one, which is skipped as all blank lines are.
 * The byte after the last line must be a line end, and eight more bytes must be readable.
 */
final class RowParser {
    /** Bytes that must follow the last line in a buffer: a line end, and what a long at that place touches. */
    static final int PADDING = 16;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    /** Comma, tab, line ends, space, quote and plus are below this byte; digits, point and minus are not. */
    private static final long FIRST_NUMERIC = ONES * 0x2D;
    /** Tab and line ends are below this byte. */
    private static final long ABOVE_LINE_ENDS = ONES * 0x0E;

    private static final long ZEROS = ONES * '0';
    private static final long POINTS = ONES * '.';
    private static final long SEMICOLONS = ONES * ';';
    /** By scale: the bytes after the point of a number that ends in the top byte, and those before it. */
    private static final long[] ABOVE_POINT = new long[8];

    private static final long[] BELOW_POINT = new long[8];

    static {
        for (int scale = 0; scale < 8; scale++) {
            BELOW_POINT[scale] = (1L << 56 - 8 * scale) - 1;
            ABOVE_POINT[scale] = ~(BELOW_POINT[scale] << 8 | 0xFF);
        }
    }

    private static final long ABOVE_NINE = ONES * (0x80 - 10);

    private final int delimiter;
    private final long delimiters;
    private final int[] gaps;
    private final boolean hasGaps;
    private final int timeSlot;
    private final CellNumber number;
    private byte[] unquoted = new byte[64];

    /** @param timeSlot the slot whose cells may also be clock times; -1 for none */
    RowParser(int delimiter, boolean decimalComma, SlotMap slots, int timeSlot) {
        this.delimiter = delimiter;
        this.delimiters = ONES * delimiter;
        this.gaps = slots.gaps();
        this.hasGaps = Arrays.stream(gaps).anyMatch(gap -> gap > 0);
        this.timeSlot = timeSlot;
        this.number = new CellNumber(decimalComma);
    }

    /** Parses lines into an empty block until it is full or {@code to} is reached; returns where it stopped. */
    int fill(byte[] bytes, int from, int to, RawBlock block) {
        int lineStart = from;
        while (lineStart < to && block.rows < block.capacity) {
            if (bytes[lineStart] <= ' ') {
                int next = afterBlanks(bytes, lineStart, to);
                if (next != lineStart) {
                    lineStart = next;
                    continue;
                }
            }
            lineStart = fillRow(bytes, lineStart, block) + 1;
            block.rows++;
        }
        block.finish();
        return lineStart;
    }

    /** Parses one line; returns its end. */
    private int fillRow(byte[] bytes, int from, RawBlock block) {
        final int slots = gaps.length;
        final int delimiter = this.delimiter;
        final boolean semicolon = delimiter == ';';
        final boolean hasGaps = this.hasGaps;
        final int[] scales = block.scales;
        final double[][] values = block.values;
        final int row = block.rows;
        int at = from;
        for (int slot = 0; slot < slots; slot++) {
            if (hasGaps && gaps[slot] > 0) {
                at = skipCells(bytes, at, gaps[slot]);
                if (at < 0) {
                    return shortRow(block, slot, ~at);
                }
            }
            long word = (long) LONG.get(bytes, at);
            long ends = (word - FIRST_NUMERIC) & ~word & HIGHS;
            if (semicolon) {
                long matches = word ^ SEMICOLONS;
                ends |= (matches - ONES) & ~matches & HIGHS;
            }
            int bits = Long.numberOfTrailingZeros(ends) - 7;
            int terminator = (int) (word >>> bits) & 0xFF;
            if (ends != 0 && bits != 0) {
                long digits = word << (64 - bits) | ZEROS >>> bits;
                int usual = scales[slot] & 7;
                int scale = usual;
                if (usual > 0 && (byte) (digits >>> 56 - 8 * usual) == '.') {
                    digits = digits & ABOVE_POINT[usual] | (digits & BELOW_POINT[usual]) << 8 | '0';
                } else {
                    long points = digits ^ POINTS;
                    points = (points - ONES) & ~points & HIGHS;
                    scale = 0;
                    if (points != 0 && bits != 8) {
                        scale = 7 - (Long.numberOfTrailingZeros(points) >>> 3);
                        digits = digits & ABOVE_POINT[scale] | (digits & BELOW_POINT[scale]) << 8 | '0';
                    }
                }
                digits ^= ZEROS;
                if (((digits + ABOVE_NINE | digits) & HIGHS) == 0) {
                    long mantissa = number(digits);
                    if (scale == scales[slot]) {
                        values[slot][row] = mantissa;
                    } else {
                        block.setDecimal(slot, row, mantissa, scale);
                    }
                    at += bits >>> 3;
                    if (terminator == delimiter) {
                        at++;
                        continue;
                    }
                    if (terminator == '\n' || terminator == '\r') {
                        return shortRow(block, slot + 1, at);
                    }
                    at -= bits >>> 3;
                }
            } else if (ends != 0 && terminator == delimiter) {
                block.setAbsent(slot, row);
                at++;
                continue;
            }
            int end = ends == 0 ? longCell(bytes, at, word, slot, block) : -1;
            if (end < 0) {
                end = slowCell(bytes, at, slot, block);
            }
            if (bytes[end] != delimiter) {
                return shortRow(block, slot + 1, end);
            }
            at = end + 1;
        }
        return endOfLine(bytes, at);
    }

    /** Ends a row whose line ended before the given slot; returns the line's end. */
    private static int shortRow(RawBlock block, int fromSlot, int end) {
        for (int slot = fromSlot; slot < block.values.length; slot++) {
            block.setAbsent(slot, block.rows);
        }
        return end;
    }

    /**
     * Reads a plain cell of 8 to 15 bytes whose point, if any, is among its last eight: the last eight as above, the digits
     * before them likewise. Returns its end, or -1 where the cell is anything else.
     */
    private int longCell(byte[] bytes, int at, long head, int slot, RawBlock block) {
        long word = (long) LONG.get(bytes, at + 8);
        long ends = (word - FIRST_NUMERIC) & ~word & HIGHS;
        if (delimiter == ';') {
            long matches = word ^ SEMICOLONS;
            ends |= (matches - ONES) & ~matches & HIGHS;
        }
        if (ends == 0) {
            return -1;
        }
        int bits = Long.numberOfTrailingZeros(ends) - 7;
        int end = at + 8 + (bits >>> 3);
        int terminator = bytes[end];
        if (terminator != delimiter && terminator != '\n' && terminator != '\r') {
            return -1;
        }
        long digits = (long) LONG.get(bytes, end - 8);
        long points = digits ^ POINTS;
        points = (points - ONES) & ~points & HIGHS;
        int scale = 0;
        long shift = 100_000_000L;
        if (points != 0) {
            scale = 7 - (Long.numberOfTrailingZeros(points) >>> 3);
            digits = digits & ABOVE_POINT[scale] | (digits & BELOW_POINT[scale]) << 8 | '0';
            shift = 10_000_000L;
        }
        digits ^= ZEROS;
        long front = (bits == 0 ? ZEROS : head << (64 - bits) | ZEROS >>> bits) ^ ZEROS;
        if ((((digits + ABOVE_NINE | digits) | (front + ABOVE_NINE | front)) & HIGHS) != 0) {
            return -1;
        }
        long mantissa = number(front) * shift + number(digits);
        block.setDecimal(slot, block.rows, mantissa, scale);
        return end;
    }

    /** Eight digits, the first in the lowest byte, as a number. */
    private static long number(long digits) {
        long pairs = digits * 10 + (digits >>> 8);
        return ((pairs & 0x000000FF000000FFL) * 0x000F424000000064L
                        + (pairs >>> 16 & 0x000000FF000000FFL) * 0x0000271000000001L)
                >>> 32;
    }

    /** Where the first line with something else than white space begins. */
    private static int afterBlanks(byte[] bytes, int from, int to) {
        int lineStart = from;
        for (int i = from; i < to; i++) {
            int c = bytes[i];
            if (c == '\n' || c == '\r') {
                lineStart = i + 1;
            } else if (!AsciiText.isSpace(c)) {
                return lineStart;
            }
        }
        return to;
    }

    /** Skips whole cells; returns the first byte of the next one, or the complement of the line's end. */
    private int skipCells(byte[] bytes, int from, int count) {
        int at = from;
        for (int i = 0; i < count; i++) {
            int end = bytes[at] == '"' ? endOfQuoted(bytes, at) : endOfCell(bytes, at);
            if (bytes[end] != delimiter) {
                return ~end;
            }
            at = end + 1;
        }
        return at;
    }

    /** The delimiter or line end that ends the unquoted cell. */
    private int endOfCell(byte[] bytes, int from) {
        int at = from;
        while (true) {
            long word = (long) LONG.get(bytes, at);
            long matches = word ^ delimiters;
            long ends = ((matches - ONES) & ~matches | (word - ABOVE_LINE_ENDS) & ~word) & HIGHS;
            if (ends == 0) {
                at += 8;
                continue;
            }
            at += Long.numberOfTrailingZeros(ends) >>> 3;
            int c = bytes[at];
            if (c == delimiter || c == '\n' || c == '\r') {
                return at;
            }
            at++;
        }
    }

    private static int endOfLine(byte[] bytes, int from) {
        int at = from;
        while (true) {
            long word = (long) LONG.get(bytes, at);
            long ends = (word - ABOVE_LINE_ENDS) & ~word & HIGHS;
            if (ends == 0) {
                at += 8;
                continue;
            }
            at += Long.numberOfTrailingZeros(ends) >>> 3;
            if (bytes[at] == '\n' || bytes[at] == '\r') {
                return at;
            }
            at++;
        }
    }

    /** The delimiter or line end after a cell that begins with a quote. */
    private int endOfQuoted(byte[] bytes, int from) {
        int at = from + 1;
        while (true) {
            int c = bytes[at];
            if (c == '\n' || c == '\r') {
                return at;
            }
            if (c == '"') {
                if (bytes[at + 1] != '"') {
                    return endOfCell(bytes, at + 1);
                }
                at++;
            }
            at++;
        }
    }

    /** Reads any cell; returns the delimiter or line end that ends it. */
    private int slowCell(byte[] bytes, int from, int slot, RawBlock block) {
        int end;
        if (bytes[from] == '"') {
            end = endOfQuoted(bytes, from);
            int length = unquote(bytes, from, end);
            store(unquoted, 0, length, slot, block);
        } else {
            end = endOfCell(bytes, from);
            store(bytes, from, end, slot, block);
        }
        return end;
    }

    private int unquote(byte[] bytes, int from, int end) {
        if (unquoted.length < end - from) {
            unquoted = new byte[end - from];
        }
        return QuotedCell.unquote(bytes, from, end, unquoted);
    }

    private void store(byte[] bytes, int from, int to, int slot, RawBlock block) {
        switch (number.read(bytes, from, to)) {
            case CellNumber.DECIMAL:
                block.setDecimal(slot, block.rows, Decimal.mantissa(number.packed()), Decimal.scale(number.packed()));
                break;
            case CellNumber.WIDE:
                block.setWide(slot, block.rows, number.value());
                break;
            default:
                double seconds = slot == timeSlot ? TimeText.seconds(bytes, from, to) : Double.NaN;
                if (Double.isNaN(seconds)) {
                    block.setAbsent(slot, block.rows);
                } else {
                    block.setWide(slot, block.rows, seconds);
                }
        }
    }
}
