package dynoai.engine.sample;

/** The SplitMix64 generator, whose sequence does not depend on the JDK. */
final class SeededNoise {
    private long state;

    SeededNoise(long seed) {
        state = seed;
    }

    long bits() {
        state += 0x9E3779B97F4A7C15L;
        long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Returns a number from 0 to bound - 1. */
    int below(int bound) {
        return (int) Math.floorMod(bits(), (long) bound);
    }

    /** Returns a number from low to high, both included. */
    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** Returns a roughly bell-distributed value from -127 to 127 from the 14 bits at {@code shift}. */
    static int bell(long bits, int shift) {
        return (int) (bits >>> shift & 127) + (int) (bits >>> shift + 7 & 127) - 127;
    }
}
