package dynoai.ingest.log.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8CheckTest {
    /** Each begins and ends with whole characters, or is invalid. */
    private static final byte[][] PIECES = {
        bytes(0x41),
        bytes(0x7F),
        bytes(0xC2, 0xB0),
        bytes(0xCE, 0xBB),
        bytes(0xE2, 0x82, 0xAC),
        bytes(0xF0, 0x9F, 0x98, 0x80)
    };

    private static final byte[][] FAULTS = {
        bytes(0x80),
        bytes(0xC2),
        bytes(0xC0, 0x80),
        bytes(0xE0, 0x80, 0x80),
        bytes(0xED, 0xA0, 0x80),
        bytes(0xF4, 0x90, 0x80, 0x80)
    };

    @Test
    void bytes_areAcceptedLikeByTheDecoder() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            // Given
            ByteBuffer text = ByteBuffer.allocate(256);
            int pieces = random.nextInt(30);
            for (int piece = 0; piece < pieces; piece++) {
                boolean ascii = random.nextInt(4) > 0;
                text.put(PIECES[ascii ? random.nextInt(2) : random.nextInt(PIECES.length)]);
                if (random.nextInt(60) == 0) {
                    text.put(FAULTS[random.nextInt(FAULTS.length)]);
                }
            }
            byte[] bytes = Arrays.copyOf(text.array(), text.position());
            int cut = random.nextInt(bytes.length + 1);
            Utf8Check check = new Utf8Check();
            // When
            boolean valid = check.accepts(bytes, cut)
                    && check.accepts(Arrays.copyOfRange(bytes, cut, bytes.length), bytes.length - cut)
                    && check.isComplete();
            // Then
            assertThat(valid).as(Arrays.toString(bytes)).isEqualTo(isDecodable(bytes));
        }
    }

    private static boolean isDecodable(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
