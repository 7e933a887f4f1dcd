package dynoai.dashboard.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Splits the bytes of a connection into requests. Lines must end with CR LF. */
final class HeadReader {
    private static final int INITIAL_BYTES = 1024;
    private static final int MAX_REQUEST_LINE = 8 * 1024;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_HEADERS = 64;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int size;
    private int scanned;
    private int lineStart;
    private int headersStart;
    private final List<String> lines = new ArrayList<>();

    /** Whether no byte of a request has arrived. */
    boolean isEmpty() {
        return size == 0;
    }

    void add(ByteBuffer received) {
        int needed = size + received.remaining();
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
        int count = received.remaining();
        received.get(bytes, size, count);
        size += count;
    }

    /**
     * Returns the next request; empty if it is not complete.
     *
     * @throws HttpException with status 400, 414 or 431, as soon as it is certain
     */
    Optional<RequestHead> next() throws HttpException {
        while (scanned < size) {
            byte read = bytes[scanned++];
            if (read == '\n' && endLine()) {
                RequestHead head = RequestHead.of(lines);
                startAfterHead();
                return Optional.of(head);
            }
            if (lines.isEmpty()) {
                checkRequestLine(read);
            } else if (scanned - headersStart > MAX_HEADER_BYTES) {
                throw tooLarge();
            }
        }
        return Optional.empty();
    }

    /** Returns whether the line was the empty one after the headers. */
    private boolean endLine() throws HttpException {
        int end = scanned - 2;
        if (end < lineStart || bytes[end] != '\r') {
            throw HttpException.badRequest("a line must end with CR LF");
        }
        if (end == lineStart) {
            if (lines.isEmpty()) {
                throw HttpException.badRequest("empty request line");
            }
            return true;
        }
        if (lines.size() > MAX_HEADERS) {
            throw tooLarge();
        }
        lines.add(new String(bytes, lineStart, end - lineStart, StandardCharsets.ISO_8859_1));
        lineStart = scanned;
        headersStart = lines.size() == 1 ? scanned : headersStart;
        return false;
    }

    private void checkRequestLine(byte read) throws HttpException {
        if (scanned > MAX_REQUEST_LINE) {
            throw new HttpException(414, "the address is longer than " + MAX_REQUEST_LINE + " bytes");
        }
        if (read < ' ' && read != '\r' || read == 0x7f) {
            throw HttpException.badRequest("malformed request line");
        }
    }

    /** Moves bytes that arrived after the last request into a buffer, as many as it takes. */
    void drainTo(ByteBuffer buffer) {
        int count = Math.min(size, buffer.remaining());
        buffer.put(bytes, 0, count);
        System.arraycopy(bytes, count, bytes, 0, size - count);
        size -= count;
    }

    private void startAfterHead() {
        bytes = Arrays.copyOfRange(bytes, scanned, Math.max(size, scanned + INITIAL_BYTES));
        size -= scanned;
        scanned = 0;
        lineStart = 0;
        headersStart = 0;
        lines.clear();
    }

    private static HttpException tooLarge() {
        return new HttpException(
                431, "more than " + MAX_HEADERS + " headers, or more than " + MAX_HEADER_BYTES + " bytes of them");
    }
}
