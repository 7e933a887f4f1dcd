package dynoai.ingest.log;

import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.util.List;

/**
 * The header of a log: encoding, delimiter and columns.
 *
 * @param headerLine as it is in the log
 * @param bodyOffset position of the first byte after the header line
 */
record LogHead(Encoding encoding, String headerLine, char delimiter, List<String> columns, long bodyOffset) {

    static LogHead read(LogSource source, int chunkBytes) throws IOException, LogRejectedException {
        try (Chunks chunks = new Chunks(source, chunkBytes, null)) {
            Chunks.Chunk chunk = new Chunks.Chunk();
            boolean first = true;
            while (chunks.next(chunk)) {
                int from = first ? afterByteOrderMark(chunk) : 0;
                if (first) {
                    rejectOtherEncodings(source.name(), chunk);
                }
                first = false;
                while (from < chunk.to) {
                    int end = from;
                    while (chunk.bytes[end] != '\n' && chunk.bytes[end] != '\r') {
                        end++;
                    }
                    if (!isBlank(chunk.bytes, from, end)) {
                        return of(source, chunk, from, end);
                    }
                    from = end + 1;
                }
            }
        }
        throw new LogRejectedException(Rejection.of(
                FailureCode.EMPTY_LOG,
                source.name(),
                0,
                "",
                "the file holds no text",
                "a header line with column names and one line per row",
                "export the log again; if the program is still writing it, wait until it has finished"));
    }

    private static LogHead of(LogSource source, Chunks.Chunk chunk, int from, int end)
            throws IOException, LogRejectedException {
        BinaryContentCheck.check(source, chunk.bytes, from, end, chunk.offset);
        Encoding encoding = Encoding.of(source, chunk.bytes, from, end);
        String line = encoding.decode(chunk.bytes, from, end);
        HeaderLine header = new HeaderLine(line);
        int count = header.columns().size();
        if (count > LogLimits.MAX_COLUMNS) {
            throw new LogRejectedException(Rejection.of(
                    FailureCode.TOO_MANY_COLUMNS,
                    source.name(),
                    BinaryContentCheck.lineAt(source, chunk.offset + from),
                    "",
                    "the header names " + count + " columns",
                    "at most " + LogLimits.MAX_COLUMNS,
                    "export only the channels that the analysis needs"));
        }
        return new LogHead(encoding, line, header.delimiter(), header.columns(), chunk.offset + end);
    }

    private static int afterByteOrderMark(Chunks.Chunk chunk) {
        byte[] bytes = chunk.bytes;
        boolean marked = chunk.to >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }

    private static void rejectOtherEncodings(String name, Chunks.Chunk chunk) throws LogRejectedException {
        if (chunk.to < 2) {
            return;
        }
        int mark = (chunk.bytes[0] & 0xFF) << 8 | chunk.bytes[1] & 0xFF;
        if (mark == 0xFEFF || mark == 0xFFFE) {
            throw BinaryContentCheck.rejected(name, 1, "the file begins with the byte order mark of UTF-16");
        }
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!AsciiText.isSpace(bytes[i])) {
                return false;
            }
        }
        return true;
    }
}
