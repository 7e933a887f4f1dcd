package dynoai.exporter.ve;

import java.nio.file.Files;
import java.nio.file.Path;

/** Flips one bit of a file at a time, every {@code stride}-th, and restores the file at the end. */
final class BitFlips {
    interface Check {
        void run() throws Exception;
    }

    private BitFlips() {}

    static void everyNthBit(int stride, Path file, Check check) throws Exception {
        byte[] whole = Files.readAllBytes(file);
        try {
            for (int bit = 0; bit < whole.length * 8; bit += stride) {
                byte[] flipped = whole.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                Files.write(file, flipped);
                try {
                    check.run();
                } catch (AssertionError wrong) {
                    throw new AssertionError(file + ", bit " + bit + ": " + wrong.getMessage(), wrong);
                }
            }
        } finally {
            Files.write(file, whole);
        }
    }
}
