package dynoai.ingest.log.text;

import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a log into chunks of whole lines, in file order. Quotes never span lines, so each chunk can be parsed independently. If a
 * chunk ends between CR and LF, the LF begins the next chunk as an empty line, which is skipped.
 */
public final class Chunks implements AutoCloseable {
    /** Fits the L2 cache of a core, and is large enough to make the synchronization negligible. */
    public static final int DEFAULT_BYTES = 128 << 10;

    /** Bytes that must be readable after the last line of a chunk: a line end, and the rest of a long there. */
    public static final int PADDING = 16;

    private final String name;
    private final LogSource.Bytes source;
    private final int chunkBytes;
    private final @Nullable SpaceAlignment alignment;
    private byte[] carried = new byte[0];
    private int carriedLength;
    private long offset;
    private int ordinal;
    private boolean ended;

    /** @param alignment cuts lines that are set with spaces; null for other logs */
    Chunks(LogSource source, int chunkBytes, @Nullable SpaceAlignment alignment) throws IOException {
        this.name = source.name();
        this.source = source.open();
        this.chunkBytes = Math.min(chunkBytes, LogLimits.MAX_LINE_BYTES);
        this.alignment = alignment;
    }

    /** Whole lines of a log. Reused for the next chunk. */
    public static final class Chunk {
        public byte[] bytes = new byte[0];
        /** First byte, and the byte after the last line; a line end is at {@code to}. */
        public int from;

        public int to;
        /** Position of {@code from} in the log. */
        public long offset;

        public int ordinal;
    }

    /** Fills the chunk with the next lines; returns false at the end of the log. */
    public boolean next(Chunk chunk) throws IOException, LogRejectedException {
        if (ended) {
            return false;
        }
        int length = carriedLength;
        chunk.bytes = roomFor(chunk.bytes, length + chunkBytes);
        System.arraycopy(carried, 0, chunk.bytes, 0, length);
        int searched = length;
        int lastEnd;
        do {
            chunk.bytes = roomFor(chunk.bytes, length + chunkBytes);
            int wanted = length + chunkBytes;
            length = read(chunk.bytes, length, wanted);
            ended = length < wanted;
            lastEnd = lastLineEnd(chunk.bytes, searched, length);
            checkFirstLine(chunk.bytes, searched, lastEnd < 0 ? length : lastEnd);
            searched = length;
        } while (lastEnd < 0 && !ended);
        int to = ended ? length : lastEnd + 1;
        carriedLength = length - to;
        if (carried.length < carriedLength) {
            carried = new byte[carriedLength + chunkBytes];
        }
        System.arraycopy(chunk.bytes, to, carried, 0, carriedLength);
        chunk.bytes[to] = '\n';
        if (alignment != null) {
            alignment.cut(chunk.bytes, 0, to);
        }
        chunk.from = 0;
        chunk.to = to;
        chunk.offset = offset;
        chunk.ordinal = ordinal++;
        offset += to;
        return to > 0;
    }

    /** Ends the log here and returns the ordinal of the chunk that would come next. */
    public int end() {
        ended = true;
        return ordinal;
    }

    private static byte[] roomFor(byte[] bytes, int length) {
        return bytes.length >= length + PADDING ? bytes : Arrays.copyOf(bytes, length + PADDING);
    }

    private int read(byte[] bytes, int from, int to) throws IOException {
        int length = from;
        while (length < to) {
            int count = source.read(bytes, length, to - length);
            if (count < 0) {
                break;
            }
            length += count;
        }
        return length;
    }

    private static int lastLineEnd(byte[] bytes, int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                return i;
            }
        }
        return -1;
    }

    /** Only the line that was carried over can be longer than a chunk. */
    private void checkFirstLine(byte[] bytes, int searched, int to) throws LogRejectedException {
        if (to <= LogLimits.MAX_LINE_BYTES) {
            return;
        }
        int end = searched;
        while (end < to && bytes[end] != '\n' && bytes[end] != '\r') {
            end++;
        }
        if (end > LogLimits.MAX_LINE_BYTES) {
            throw new LogRejectedException(Rejection.of(
                    FailureCode.LINE_TOO_LONG,
                    name,
                    0,
                    "",
                    "the line that begins at byte " + offset + " is longer than " + LogLimits.MAX_LINE_BYTES + " bytes",
                    "lines that end with LF, CRLF or CR",
                    "this does not look like a dyno log; export it again as text with one row per line"));
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
