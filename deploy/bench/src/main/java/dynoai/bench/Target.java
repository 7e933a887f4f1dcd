package dynoai.bench;

import java.util.List;
import java.util.Locale;

/**
 * A target for a figure.
 *
 * @param figure the measured value
 * @param limit lower or upper bound
 * @param atLeast whether the limit is a lower bound
 */
public record Target(String name, double figure, double limit, boolean atLeast, String unit) {
    /** Variation between runs on an idle machine. */
    private static final double NOISE = 0.10;

    public static Target atLeast(String name, double figure, double limit, String unit) {
        return new Target(name, figure, limit, true, unit);
    }

    public static Target atMost(String name, double figure, double limit, String unit) {
        return new Target(name, figure, limit, false, unit);
    }

    boolean isMet() {
        return atLeast ? figure >= limit : figure <= limit;
    }

    public boolean isMissedBeyondNoise() {
        return atLeast ? figure < limit * (1 - NOISE) : figure > limit * (1 + NOISE);
    }

    String limitText() {
        return String.format(Locale.ROOT, "%s %s %s", atLeast ? "at least" : "at most", plain(limit), unit);
    }

    String figureText() {
        return plain(figure) + " " + unit;
    }

    /** Renders targets as a Markdown table. */
    public static String table(List<Target> targets) {
        StringBuilder text = new StringBuilder("| target | measured | required | |\n|---|---:|---:|---|\n");
        for (Target target : targets) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s |%n",
                    target.name(),
                    target.figureText(),
                    target.limitText(),
                    target.isMet() ? "met" : target.isMissedBeyondNoise() ? "**missed**" : "missed by noise"));
        }
        return text.toString();
    }

    private static String plain(double number) {
        return number == Math.rint(number) || number >= 100
                ? String.format(Locale.ROOT, "%.0f", number)
                : String.format(Locale.ROOT, "%.2f", number);
    }
}
