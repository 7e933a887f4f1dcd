package dynoai.ingest.log.text;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The text encoding of a log. It matters for the header only, since numbers are ASCII; the whole log is checked only if the
 * header has other characters.
 */
public enum Encoding {
    ASCII("ASCII", StandardCharsets.US_ASCII),
    UTF_8("UTF-8", StandardCharsets.UTF_8),
    /** Undefined bytes become U+FFFD. */
    CP1252("windows-1252", Charset.forName("windows-1252")),
    /** Decoded to UTF-8 before it is parsed. */
    UTF_16LE("UTF-16LE", StandardCharsets.UTF_8),
    UTF_16BE("UTF-16BE", StandardCharsets.UTF_8);

    private final String label;
    private final Charset charset;

    Encoding(String label, Charset charset) {
        this.label = label;
        this.charset = charset;
    }

    public String label() {
        return label;
    }

    String decode(byte[] bytes) {
        return new String(bytes, charset);
    }

    /** @param names the lines with names and units */
    static Encoding of(LogSource log, TextForm form, byte[]... names) throws IOException {
        if (form.utf16() != null) {
            return form.utf16().equals(StandardCharsets.UTF_16LE) ? UTF_16LE : UTF_16BE;
        }
        for (byte[] line : names) {
            for (byte c : line) {
                if (c < 0) {
                    return isUtf8(log) ? UTF_8 : CP1252;
                }
            }
        }
        return ASCII;
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
