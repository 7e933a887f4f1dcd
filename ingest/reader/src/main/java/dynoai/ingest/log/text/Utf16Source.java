package dynoai.ingest.log.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** A log in UTF-16 as UTF-8. The byte order mark is removed; what is no character becomes U+FFFD. */
final class Utf16Source implements LogSource {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final LogSource log;
    private final Charset charset;

    Utf16Source(LogSource log, Charset charset) {
        this.log = log;
        this.charset = charset;
    }

    @Override
    public String name() {
        return log.name();
    }

    @Override
    public Bytes open() throws IOException {
        return new Decoded(log.open());
    }

    private final class Decoded implements Bytes {
        private final Bytes encoded;
        private final CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private final ByteBuffer input = ByteBuffer.allocate(BUFFER_BYTES);
        private final CharBuffer characters = CharBuffer.allocate(BUFFER_BYTES);
        private ByteBuffer output = ByteBuffer.allocate(0);
        private boolean atStart = true;
        private boolean ended;

        Decoded(Bytes encoded) {
            this.encoded = encoded;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            while (!output.hasRemaining()) {
                if (ended) {
                    return -1;
                }
                decode();
            }
            int taken = Math.min(length, output.remaining());
            output.get(target, offset, taken);
            return taken;
        }

        /** Decodes what the next read gives. The decoder never splits a surrogate pair. */
        private void decode() throws IOException {
            int count = encoded.read(input.array(), input.position(), input.remaining());
            ended = count < 0;
            input.position(input.position() + Math.max(0, count)).flip();
            characters.clear();
            decoder.decode(input, characters, ended);
            if (ended) {
                decoder.flush(characters);
            }
            input.compact();
            characters.flip();
            if (atStart && characters.hasRemaining()) {
                atStart = false;
                if (characters.get(0) == BYTE_ORDER_MARK) {
                    characters.get();
                }
            }
            output = StandardCharsets.UTF_8.encode(characters);
        }

        @Override
        public void close() throws IOException {
            encoded.close();
        }
    }
}
