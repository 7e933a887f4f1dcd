package dynoai.ingest.log.text;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How the bytes of a log become lines of cells. An ordinary log is parsed as it is; UTF-16 is decoded, and columns that are set
 * with spaces are cut.
 *
 * @param byteOrderMark whether the log begins with one
 * @param utf16 the byte order of a log in UTF-16; null for other logs
 * @param alignment null unless the columns are set with spaces
 */
public record TextForm(
        boolean byteOrderMark,
        @Nullable Charset utf16,
        @Nullable SpaceAlignment alignment) {
    /** Returns the form that the log's first bytes tell. */
    static TextForm of(byte[] firstBytes) {
        int mark = firstBytes.length < 2 ? 0 : (firstBytes[0] & 0xFF) << 8 | firstBytes[1] & 0xFF;
        boolean utf8 = mark == 0xEFBB && firstBytes.length > 2 && (firstBytes[2] & 0xFF) == 0xBF;
        Charset utf16 = mark == 0xFFFE ? StandardCharsets.UTF_16LE : mark == 0xFEFF ? StandardCharsets.UTF_16BE : null;
        return new TextForm(utf8 || utf16 != null, utf16, null);
    }

    TextForm aligned(int columns) {
        return new TextForm(byteOrderMark, utf16, new SpaceAlignment(columns));
    }

    /** Returns the log as text in ASCII, UTF-8 or Windows-1252. */
    public LogSource text(LogSource log) {
        return utf16 == null ? log : new Utf16Source(log, utf16);
    }

    /** Opens the log as chunks of lines whose cells a delimiter separates. */
    public Chunks chunks(LogSource log, int chunkBytes) throws IOException {
        return new Chunks(text(log), chunkBytes, alignment);
    }
}
