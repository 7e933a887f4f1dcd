package dynoai.ingest.log;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The text encoding of a log. It matters for the header only, since numbers are ASCII; the whole log is checked only if the
 * header has other characters.
 */
enum Encoding {
    ASCII("ASCII", StandardCharsets.US_ASCII),
    UTF_8("UTF-8", StandardCharsets.UTF_8),
    /** Undefined bytes become U+FFFD. */
    CP1252("windows-1252", Charset.forName("windows-1252"));

    private final String label;
    private final Charset charset;

    Encoding(String label, Charset charset) {
        this.label = label;
        this.charset = charset;
    }

    String label() {
        return label;
    }

    String decode(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, charset);
    }

    static Encoding of(LogSource source, byte[] bytes, int headerFrom, int headerTo) throws IOException {
        boolean ascii = true;
        for (int i = headerFrom; i < headerTo; i++) {
            ascii &= bytes[i] >= 0;
        }
        return ascii ? ASCII : isUtf8(source) ? UTF_8 : CP1252;
    }

    private static boolean isUtf8(LogSource source) throws IOException {
        Utf8Check check = new Utf8Check();
        byte[] buffer = new byte[64 << 10];
        try (LogSource.Bytes bytes = source.open()) {
            int length;
            while ((length = bytes.read(buffer, 0, buffer.length)) >= 0) {
                if (!check.accepts(buffer, length)) {
                    return false;
                }
            }
        }
        return check.isComplete();
    }
}
