package dynoai.bench;

import java.util.Locale;

/**
 * A promise about a figure.
 *
 * @param figure what was measured
 * @param limit what it must reach, or must not pass
 * @param atLeast whether the limit is a lower one
 */
record Target(String promise, double figure, double limit, boolean atLeast, String unit) {
    /** What one run differs from the next on a quiet machine. */
    private static final double NOISE = 0.10;

    static Target atLeast(String promise, double figure, double limit, String unit) {
        return new Target(promise, figure, limit, true, unit);
    }

    static Target atMost(String promise, double figure, double limit, String unit) {
        return new Target(promise, figure, limit, false, unit);
    }

    boolean isMet() {
        return atLeast ? figure >= limit : figure <= limit;
    }

    boolean isMissedBeyondNoise() {
        return atLeast ? figure < limit * (1 - NOISE) : figure > limit * (1 + NOISE);
    }

    String limitText() {
        return String.format(Locale.ROOT, "%s %s %s", atLeast ? "at least" : "at most", plain(limit), unit);
    }

    String figureText() {
        return plain(figure) + " " + unit;
    }

    private static String plain(double number) {
        return number == Math.rint(number) || number >= 100
                ? String.format(Locale.ROOT, "%.0f", number)
                : String.format(Locale.ROOT, "%.2f", number);
    }
}
