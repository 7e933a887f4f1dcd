package dynoai.ingest.log;

import dynoai.ingest.log.column.LogUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides by its values what a column of a mixture holds: a column called lambda may hold AFR, and the reverse (spec section 2,
 * Lambda). Zeros count as absent.
 */
final class MixtureSurvey {
    private static final Pattern CALLED_AFR =
            Pattern.compile(".*(afr|a/f|air[ /]fuel|equivalence ratio|eq ratio|wideband|(?<![a-z])wb).*");
    private static final double MIN_AFR = 9;
    private static final double MAX_AFR = 18;
    private static final double MIN_LAMBDA = 0.5;
    private static final double MAX_LAMBDA = 1.6;
    /** A sensor at its stop spreads less. */
    private static final double MIN_SPREAD = 0.05;

    private final boolean calledLambda;
    private final boolean calledAfr;
    private final boolean target;
    private final Mixture asLambda;
    private final boolean[] valid = new boolean[Mixture.values().length];
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    /**
     * @param calledLambda whether the column is called lambda, whatever its unit
     * @param target whether the column is a target, which may be constant
     */
    MixtureSurvey(String header, @Nullable LogUnit unit, boolean calledLambda, boolean target) {
        this.calledLambda = calledLambda || unit == LogUnit.LAMBDA;
        this.calledAfr = CALLED_AFR
                .matcher(header.toLowerCase(Locale.ROOT).replace('_', ' '))
                .matches();
        this.target = target;
        this.asLambda = unit == LogUnit.EQUIVALENCE_RATIO ? Mixture.EQUIVALENCE_RATIO : Mixture.LAMBDA;
    }

    void observe(double[] values, int rows) {
        for (int i = 0; i < rows; i++) {
            double value = values[i];
            if (Double.isNaN(value) || value == 0) {
                continue;
            }
            min = Math.min(min, value);
            max = Math.max(max, value);
            for (Mixture mixture : Mixture.values()) {
                valid[mixture.ordinal()] |= Afr.isValid(mixture.usableAfr(value));
            }
        }
    }

    Mixture mixture() {
        if (calledLambda) {
            boolean holdsAfr = isWithin(MIN_AFR, MAX_AFR) && (target || max - min >= MIN_SPREAD);
            return holdsAfr ? Mixture.AFR : Mixture.LAMBDA;
        }
        return calledAfr && isWithin(MIN_LAMBDA, MAX_LAMBDA) ? asLambda : Mixture.AFR;
    }

    /** Whether no further value can change {@link #mixture}. */
    boolean isDecided() {
        return calledLambda ? min < MIN_AFR || max > MAX_AFR : !calledAfr || min < MIN_LAMBDA || max > MAX_LAMBDA;
    }

    /** Whether any value is a valid AFR. */
    boolean hasValidValue() {
        return valid[mixture().ordinal()];
    }

    private boolean isWithin(double from, double to) {
        return min >= from && max <= to && min <= max;
    }
}
