package dynoai.ingest.log;

import dynoai.schemas.Decimal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

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
    private static final long ABOVE_NINE = ONES * (0x80 - 10);

    private final int delimiter;
    private final long delimiters;
    private final int[] gaps;
    private final int timeSlot;
    private final CellNumber number;
    private byte[] unquoted = new byte[64];

    /** @param timeSlot the slot whose cells may also be clock times; -1 for none */
    RowParser(int delimiter, boolean decimalComma, SlotMap slots, int timeSlot) {
        this.delimiter = delimiter;
        this.delimiters = ONES * delimiter;
        this.gaps = slots.gaps();
        this.timeSlot = timeSlot;
        this.number = new CellNumber(decimalComma);
    }

    /** Parses lines from {@code from} until the block is full or {@code to} is reached; returns where it stopped. */
    int fill(byte[] bytes, int from, int to, RawBlock block) {
        final int slots = gaps.length;
        final int[] gaps = this.gaps;
        final int delimiter = this.delimiter;
        final boolean semicolon = delimiter == ';';
        final long[][] decimals = block.decimals;
        final double[][] values = block.values;
        int row = block.rows;
        int lineStart = from;
        while (lineStart < to && row < block.capacity) {
            if (bytes[lineStart] <= ' ') {
                int next = afterBlanks(bytes, lineStart, to);
                if (next != lineStart) {
                    lineStart = next;
                    continue;
                }
            }
            int at = lineStart;
            int slot = 0;
            boolean lineEnded = false;
            while (slot < slots) {
                if (gaps[slot] > 0) {
                    at = skipCells(bytes, at, gaps[slot]);
                    if (at < 0) {
                        at = ~at;
                        lineEnded = true;
                        break;
                    }
                }
                long word = (long) LONG.get(bytes, at);
                long ends = (word - FIRST_NUMERIC) & ~word & HIGHS;
                if (semicolon) {
                    long matches = word ^ SEMICOLONS;
                    ends |= (matches - ONES) & ~matches & HIGHS;
                }
                int end = -1;
                if (ends != 0) {
                    int bits = Long.numberOfTrailingZeros(ends) - 7;
                    int terminator = (int) (word >>> bits) & 0xFF;
                    if (terminator == delimiter || terminator == '\n' || terminator == '\r') {
                        if (bits == 0) {
                            end = at;
                            decimals[slot][row] = Decimal.ABSENT;
                            values[slot][row] = Double.NaN;
                        } else {
                            long digits = word << (64 - bits) | ZEROS >>> bits;
                            long points = digits ^ POINTS;
                            points = (points - ONES) & ~points & HIGHS;
                            int scale = 0;
                            if (points != 0) {
                                int pointBits = Long.numberOfTrailingZeros(points) - 7;
                                scale = 7 - (pointBits >>> 3);
                                long below = (1L << pointBits) - 1;
                                digits = digits & ~(below << 8 | 0xFF) | (digits & below) << 8 | '0';
                            }
                            digits ^= ZEROS;
                            if (((digits + ABOVE_NINE | digits) & HIGHS) == 0 && (bits != 8 || points == 0)) {
                                end = at + (bits >>> 3);
                                long mantissa = number(digits);
                                decimals[slot][row] = Decimal.pack(mantissa, scale);
                                values[slot][row] = (double) mantissa / Decimal.powerOfTen(scale);
                            }
                        }
                    }
                }
                if (end < 0) {
                    end = ends == 0 ? longCell(bytes, at, word, slot, row, block) : -1;
                    if (end < 0) {
                        end = slowCell(bytes, at, slot, row, block);
                    }
                }
                slot++;
                if (bytes[end] != delimiter) {
                    at = end;
                    lineEnded = true;
                    break;
                }
                at = end + 1;
            }
            for (; slot < slots; slot++) {
                block.setAbsent(slot, row);
            }
            row++;
            lineStart = (lineEnded ? at : endOfLine(bytes, at)) + 1;
        }
        block.rows = row;
        return lineStart;
    }

    /**
     * Reads a plain cell of 8 to 15 bytes whose point, if any, is among its last eight: the last eight as above, the digits
     * before them likewise. Returns its end, or -1 where the cell is anything else.
     */
    private int longCell(byte[] bytes, int at, long head, int slot, int row, RawBlock block) {
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
            int pointBits = Long.numberOfTrailingZeros(points) - 7;
            scale = 7 - (pointBits >>> 3);
            long below = (1L << pointBits) - 1;
            digits = digits & ~(below << 8 | 0xFF) | (digits & below) << 8 | '0';
            shift = 10_000_000L;
        }
        digits ^= ZEROS;
        long front = (bits == 0 ? ZEROS : head << (64 - bits) | ZEROS >>> bits) ^ ZEROS;
        if ((((digits + ABOVE_NINE | digits) | (front + ABOVE_NINE | front)) & HIGHS) != 0) {
            return -1;
        }
        long mantissa = number(front) * shift + number(digits);
        block.decimals[slot][row] = Decimal.pack(mantissa, scale);
        block.values[slot][row] = (double) mantissa / Decimal.powerOfTen(scale);
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
    private int slowCell(byte[] bytes, int from, int slot, int row, RawBlock block) {
        int end;
        if (bytes[from] == '"') {
            end = endOfQuoted(bytes, from);
            int length = unquote(bytes, from, end);
            store(unquoted, 0, length, slot, row, block);
        } else {
            end = endOfCell(bytes, from);
            store(bytes, from, end, slot, row, block);
        }
        return end;
    }

    private int unquote(byte[] bytes, int from, int end) {
        if (unquoted.length < end - from) {
            unquoted = new byte[end - from];
        }
        return QuotedCell.unquote(bytes, from, end, unquoted);
    }

    private void store(byte[] bytes, int from, int to, int slot, int row, RawBlock block) {
        switch (number.read(bytes, from, to)) {
            case CellNumber.DECIMAL:
                block.decimals[slot][row] = number.packed();
                block.values[slot][row] = number.value();
                break;
            case CellNumber.WIDE:
                block.setWide(slot, row, number.value());
                break;
            default:
                double seconds = slot == timeSlot ? TimeText.seconds(bytes, from, to) : Double.NaN;
                if (Double.isNaN(seconds)) {
                    block.setAbsent(slot, row);
                } else {
                    block.setWide(slot, row, seconds);
                }
        }
    }
}
