package dynoai.ingest.log.text;

import dynoai.schemas.log.LogRejectedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The lines of a log that are not blank, in file order. */
final class Lines implements AutoCloseable {
    /** The first lines of a log are enough, so a chunk is smaller than one of rows. */
    private static final int MAX_CHUNK_BYTES = 32 << 10;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final LogSource text;
    private final Chunks chunks;
    private final Chunks.Chunk chunk = new Chunks.Chunk();
    private int from;
    private int to = -1;

    Lines(LogSource log, TextForm form, int chunkBytes) throws IOException {
        this.text = form.text(log);
        this.chunks = form.chunks(log, Math.min(chunkBytes, MAX_CHUNK_BYTES));
    }

    /** Moves to the next line; returns false at the end of the log. */
    boolean next() throws IOException, LogRejectedException {
        from = to + 1;
        while (true) {
            if (from >= chunk.to) {
                if (!chunks.next(chunk)) {
                    return false;
                }
                BinaryContentCheck.check(text, chunk.bytes, 0, chunk.to, chunk.offset);
                from = chunk.offset == 0 && isMarked() ? BYTE_ORDER_MARK.length : 0;
                continue;
            }
            byte[] bytes = chunk.bytes;
            int end = from;
            boolean blank = true;
            for (int c = bytes[end]; c != '\n' && c != '\r'; c = bytes[++end]) {
                blank = blank && AsciiText.isSpace(c);
            }
            to = end;
            if (!blank) {
                return true;
            }
            from = to + 1;
        }
    }

    private boolean isMarked() {
        return chunk.to >= BYTE_ORDER_MARK.length
                && Arrays.equals(chunk.bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    /** Returns the position of the line in the text. */
    long offset() {
        return chunk.offset + from;
    }

    /** Returns the position of the line's end in the text. */
    long end() {
        return chunk.offset + to;
    }

    byte[] bytes() {
        return Arrays.copyOfRange(chunk.bytes, from, to);
    }

    /** Returns the line with each byte as a character, which is right for ASCII. */
    String characters() {
        return new String(chunk.bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Whether two letters follow one another. Without calls for most bytes: it runs before anything is compiled. */
    boolean hasWord() {
        byte[] bytes = chunk.bytes;
        boolean letter = false;
        for (int i = from; i < to; i++) {
            int c = bytes[i];
            boolean next = (c < 0 || c >= 'A') && Character.isLetter(c & 0xFF);
            if (letter && next) {
                return true;
            }
            letter = next;
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        chunks.close();
    }
}
