package dynoai.ingest.log;

import dynoai.ingest.log.text.AsciiText;
import dynoai.ingest.log.text.BinaryContentCheck;
import dynoai.ingest.log.text.CellNumber;
import dynoai.ingest.log.text.Chunks;
import dynoai.ingest.log.text.LogHead;
import dynoai.ingest.log.text.LogSource;
import dynoai.ingest.log.text.QuotedCell;
import dynoai.schemas.log.Decimal;
import dynoai.schemas.log.LogRejectedException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Parses lines into rows of a {@link RawBlock}, eight bytes at a time.
 *
 * <p>A cell of at most seven bytes with the shape of its column (digits, and a point at one place) is converted inside one long:
 * find the delimiter, move the last byte to the top, compare with the {@link ShapedCell shape}, combine the digits. That is
 * nearly every cell of a dyno log. Any other cell (sign, exponent, quotes, spaces, text, more digits) goes through {@link
 * CellNumber} byte by byte, which gives the same double for the same digits.
 *
 * <p>Every CR and every LF ends a line; the empty line inside CRLF is skipped, as all blank lines are. The byte after the last
 * line must be a line end, and eight more bytes must be readable.
 */
final class RowParser {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    /** Comma, tab, line ends, space, quote and plus are below this byte; digits, point and minus are not. */
    private static final long FIRST_NUMERIC = ONES * 0x2D;
    /** Tab and line ends are below this byte. */
    private static final long ABOVE_LINE_ENDS = ONES * 0x0E;

    private static final long SEMICOLONS = ONES * ';';
    private final int delimiter;
    private final long delimiters;
    private final int[] gaps;
    /** By slot: the next slot that unread columns precede, or the number of slots. */
    private final int[] runEnds;
    /** By slot: eight times the expected byte after a cell; for the last slot possibly a line end. */
    private final long[] terminators;
    /** The slot of the next cell. */
    private int slot;

    private final int timeSlot;
    private final CellNumber number;
    private byte[] unquoted = new byte[64];

    /** @param timeSlot the slot whose cells may be clock times, or -1 */
    RowParser(int delimiter, boolean decimalComma, SlotMap slots, int timeSlot) {
        this.delimiter = delimiter;
        this.delimiters = ONES * delimiter;
        this.gaps = slots.gaps();
        this.runEnds = runEnds(gaps);
        this.terminators = new long[gaps.length];
        Arrays.fill(terminators, delimiters);
        this.timeSlot = timeSlot;
        this.number = new CellNumber(decimalComma);
    }

    private static int[] runEnds(int[] gaps) {
        int[] ends = new int[gaps.length];
        for (int slot = gaps.length - 1; slot >= 0; slot--) {
            boolean last = slot == gaps.length - 1 || gaps[slot + 1] > 0;
            ends[slot] = last ? slot + 1 : ends[slot + 1];
        }
        return ends;
    }

    /** Parses the rows of a log block by block, until the last one or until the predicate is false. */
    void parse(LogSource log, LogHead head, int chunkBytes, RawBlock block, Predicate<RawBlock> wantsMore)
            throws IOException, LogRejectedException {
        LogSource text = head.form().text(log);
        try (Chunks chunks = head.form().chunks(log, chunkBytes)) {
            Chunks.Chunk chunk = new Chunks.Chunk();
            while (chunks.next(chunk)) {
                int at = (int) Math.max(0, Math.min(chunk.to, head.bodyOffset() - chunk.offset));
                BinaryContentCheck.check(text, chunk.bytes, at, chunk.to, chunk.offset);
                while (at < chunk.to) {
                    block.clear();
                    at = fill(chunk.bytes, at, chunk.to, block);
                    if (!wantsMore.test(block)) {
                        return;
                    }
                }
            }
        }
    }

    /** Parses lines into an empty block until it is full or {@code to} is reached, and returns where it stopped. */
    int fill(byte[] bytes, int from, int to, RawBlock block) {
        int at = from;
        while (at < to && block.rows < block.capacity) {
            if (bytes[at] <= ' ') {
                int next = afterBlanks(bytes, at, to);
                if (next != at) {
                    at = next;
                    continue;
                }
            }
            at = fillRow(bytes, at, block) + 1;
            block.rows++;
        }
        block.finish();
        return at;
    }

    /** Parses a line and returns its end. */
    private int fillRow(byte[] bytes, int from, RawBlock block) {
        final int slots = gaps.length;
        int at = from;
        slot = 0;
        while (slot < slots) {
            if (gaps[slot] > 0) {
                at = skipCells(bytes, at, gaps[slot]);
                if (at < 0) {
                    return shortRow(block, slot, ~at);
                }
            }
            int runEnd = runEnds[slot];
            at = usualCells(bytes, at, runEnd, block);
            if (slot < runEnd) {
                int end = cell(bytes, at, slot++, block);
                if (slot == slots) {
                    terminators[slots - 1] = ONES * bytes[end];
                }
                at = end + 1;
            }
            if (bytes[at - 1] != delimiter) {
                return shortRow(block, slot, at - 1);
            }
        }
        return endOfLine(bytes, at);
    }

    /**
     * Parses cells from the current slot to the next unread column, as long as they have at most seven bytes and the shape of
     * their column. Nearly all of a log goes through this loop, so it does nothing else. Returns the index after the terminator
     * of the last cell.
     */
    private int usualCells(byte[] bytes, int from, int runEnd, RawBlock block) {
        final int[] scales = block.scales;
        final double[][] values = block.values;
        final int row = block.rows;
        int at = from;
        int slot = this.slot;
        for (; slot < runEnd; slot++) {
            long word = (long) LONG.get(bytes, at);
            long matches = word ^ terminators[slot];
            long ends = (matches - ONES) & ~matches & HIGHS;
            int end = Long.numberOfTrailingZeros(ends);
            int scale = scales[slot];
            long digits = ShapedCell.digits(word, end - 7, scale & 7);
            if (ends == 0 || end <= (scale << 3) + 7 || ShapedCell.isOdd(digits, scale & 7)) {
                break;
            }
            values[slot][row] = ShapedCell.number(digits, scale & 7);
            at += end + 1 >>> 3;
        }
        this.slot = slot;
        return at;
    }

    /** Parses a cell of any kind and returns its end. */
    private int cell(byte[] bytes, int at, int slot, RawBlock block) {
        long word = (long) LONG.get(bytes, at);
        long ends = ends(word);
        int bits = Long.numberOfTrailingZeros(ends) - 7;
        if (bits == 0 && (byte) word == delimiter) {
            block.setAbsent(slot, block.rows);
            return at;
        }
        int end = ends == 0 ? longCell(bytes, at, word, slot, block) : shortCell(word, bits, at, slot, block);
        return end < 0 ? slowCell(bytes, at, slot, block) : end;
    }

    private long ends(long word) {
        long ends = (word - FIRST_NUMERIC) & ~word & HIGHS;
        if (delimiter == ';') {
            long matches = word ^ SEMICOLONS;
            ends |= (matches - ONES) & ~matches & HIGHS;
        }
        return ends;
    }

    /** Ends a row whose line ended before the given slot, and returns the end of the line. */
    private static int shortRow(RawBlock block, int fromSlot, int end) {
        for (int slot = fromSlot; slot < block.values.length; slot++) {
            block.setAbsent(slot, block.rows);
        }
        return end;
    }

    /**
     * Reads a plain cell of 1 to 7 bytes whose point is not at the usual place of its column. Returns its end, or -1 for any other
     * cell.
     */
    private int shortCell(long word, int bits, int at, int slot, RawBlock block) {
        int terminator = (int) (word >>> bits) & 0xFF;
        if (bits == 0 || terminator != delimiter && terminator != '\n' && terminator != '\r') {
            return -1;
        }
        int scale = bits == 8 ? 0 : ShapedCell.scaleOf(word << -bits);
        long digits = ShapedCell.digits(word, bits, scale);
        if (ShapedCell.isOdd(digits, scale)) {
            return -1;
        }
        block.setDecimal(slot, block.rows, ShapedCell.number(digits, scale), scale);
        return at + (bits >>> 3);
    }

    /**
     * Reads a plain cell of 8 to 15 bytes whose point, if any, is among its last eight. Returns its end, or -1 for any other cell.
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
        int scale = ShapedCell.scaleOf(digits);
        long shift = scale == 0 ? 100_000_000L : 10_000_000L;
        digits ^= ShapedCell.shape(scale);
        long front = bits == 0 ? 0 : ShapedCell.digits(head, bits, 0);
        if (ShapedCell.isOdd(digits, scale) || ShapedCell.isOdd(front, 0)) {
            return -1;
        }
        long mantissa = ShapedCell.number(front, 0) * shift + ShapedCell.number(digits, scale);
        block.setDecimal(slot, block.rows, mantissa, scale);
        return end;
    }

    /** Returns the start of the first non-blank line. */
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

    /** Skips cells and returns the first byte of the next one, or the complement of the end of the line. */
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

    /** Returns the index of the delimiter or line end after an unquoted cell. */
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

    /** Returns the index of the delimiter or line end after a quoted cell. */
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

    /** Reads any cell and returns the index of the delimiter or line end after it. */
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
