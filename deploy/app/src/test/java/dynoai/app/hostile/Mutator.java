package dynoai.app.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages bytes and builds hostile texts, determined by a seed. */
final class Mutator {
    private static final int MAX_CHANGES = 4;
    private static final int MAX_REPEATED = 4096;
    private static final byte[] INTERESTING = {0, 1, '\t', '\n', '\r', ' ', '"', '/', '.', ':', '-', 0x7f, -128, -1};

    private final Random random;
    private final List<String> tokens;

    /** @param tokens texts to insert, such as paths */
    Mutator(long seed, List<String> tokens) {
        this.random = new Random(seed);
        this.tokens = tokens;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Whether the next event of this probability occurs. */
    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    String token() {
        return oneOf(tokens);
    }

    String hex(int digits) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }

    String mutate(String text) {
        return new String(mutate(text.getBytes(StandardCharsets.UTF_8), 0), StandardCharsets.ISO_8859_1);
    }

    /** @param first index of the first byte that may change */
    byte[] mutate(byte[] original, int first) {
        byte[] bytes = original;
        for (int change = 1 + random.nextInt(MAX_CHANGES); change > 0; change--) {
            bytes = changed(bytes, Math.min(first, bytes.length));
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes, int first) {
        int at = first + random.nextInt(bytes.length - first + 1);
        int end = at + random.nextInt(bytes.length - at + 1);
        switch (random.nextInt(7)) {
            case 0:
                return flipped(bytes, at);
            case 1:
                return joined(bytes, at, new byte[] {INTERESTING[random.nextInt(INTERESTING.length)]}, at + 1);
            case 2:
                return joined(bytes, at, new byte[0], end);
            case 3:
                return joined(bytes, at, Arrays.copyOfRange(bytes, at, end), at);
            case 4:
                return joined(bytes, at, token().getBytes(StandardCharsets.UTF_8), chance(0.5) ? at : end);
            case 5:
                byte[] repeated = new byte[random.nextInt(MAX_REPEATED)];
                Arrays.fill(repeated, (byte) random.nextInt(256));
                return joined(bytes, at, repeated, at);
            default:
                return Arrays.copyOf(bytes, at);
        }
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        if (at < flipped.length) {
            flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    /** Returns the bytes before {@code from}, the inserted ones, and those from {@code to} on. */
    private static byte[] joined(byte[] bytes, int from, byte[] inserted, int to) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(bytes, 0, from);
        joined.writeBytes(inserted);
        joined.write(bytes, Math.min(to, bytes.length), Math.max(0, bytes.length - to));
        return joined.toByteArray();
    }
}
