package dynoai.ingest.log.text;

import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds NUL bytes, which a binary file has, and their line. */
public final class BinaryContentCheck {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private BinaryContentCheck() {}

    /** @param offset position of {@code bytes[0]} in the log */
    public static void check(LogSource source, byte[] bytes, int from, int to, long offset)
            throws LogRejectedException, IOException {
        int at = firstNul(bytes, from, to);
        if (at < to) {
            throw rejected(source.name(), lineAt(source, offset + at));
        }
    }

    private static int firstNul(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + 32 <= to; at += 32) {
            long a = (long) LONG.get(bytes, at);
            long b = (long) LONG.get(bytes, at + 8);
            long c = (long) LONG.get(bytes, at + 16);
            long d = (long) LONG.get(bytes, at + 24);
            if ((((a - ONES) & ~a | (b - ONES) & ~b | (c - ONES) & ~c | (d - ONES) & ~d) & HIGHS) != 0) {
                break;
            }
        }
        while (at < to && bytes[at] != 0) {
            at++;
        }
        return at;
    }

    private static LogRejectedException rejected(String name, long line) {
        return new LogRejectedException(Rejection.of(
                FailureCode.NOT_TEXT,
                name,
                line,
                "",
                "the file holds NUL bytes",
                "text in UTF-8, UTF-16 or Windows-1252",
                "if it was saved as UTF-16 without a byte order mark, save it again as UTF-8 or as plain CSV; if it is a"
                        + " program's own binary file, export it as CSV"));
    }

    /** Returns the line, from 1, of the byte at a position; CRLF is one line end. */
    static long lineAt(LogSource source, long position) throws IOException {
        byte[] buffer = new byte[64 << 10];
        long line = 1;
        long at = 0;
        int previous = 0;
        try (LogSource.Bytes bytes = source.open()) {
            int length;
            while (at < position && (length = bytes.read(buffer, 0, buffer.length)) >= 0) {
                for (int i = 0; i < length && at < position; i++, at++) {
                    int c = buffer[i];
                    if (c == '\r' || c == '\n' && previous != '\r') {
                        line++;
                    }
                    previous = c;
                }
            }
        }
        return line;
    }
}
