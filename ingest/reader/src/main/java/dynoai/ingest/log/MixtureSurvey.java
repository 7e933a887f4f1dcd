package dynoai.ingest.log;

import dynoai.ingest.log.column.HeaderName;
import dynoai.ingest.log.column.LogUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides by its values what a column of a mixture holds: a column called lambda may hold AFR, and the reverse (spec section 2,
 * AFR and lambda). Zeros count as absent.
 */
final class MixtureSurvey {
    /** Lambda of a column that is not called so; wider than that of a usable lambda. */
    private static final double MIN_LAMBDA = 0.5;

    private static final double MAX_LAMBDA = 1.6;
    /** A sensor at its stop spreads less. */
    private static final double MIN_SPREAD = 0.05;

    private final boolean calledLambda;
    private final boolean calledAfr;
    private final boolean target;
    private final Mixture asLambda;
    private boolean validAsAfr;
    private boolean validAsLambda;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    /**
     * @param unit what the log states, which counts more than the name
     * @param calledLambda whether the column is called lambda
     * @param target whether the column is a target, which may be constant
     */
    MixtureSurvey(String header, @Nullable LogUnit unit, boolean calledLambda, boolean target) {
        boolean statesAfr = unit == LogUnit.AFR;
        boolean statesLambda = unit == LogUnit.LAMBDA || unit == LogUnit.EQUIVALENCE_RATIO;
        this.calledLambda = statesLambda || calledLambda && !statesAfr;
        this.calledAfr = statesAfr || HeaderName.of(header).isCalledAfr();
        this.target = target;
        this.asLambda = unit == LogUnit.EQUIVALENCE_RATIO ? Mixture.EQUIVALENCE_RATIO : Mixture.LAMBDA;
    }

    void observe(double[] values, int rows) {
        if (isDecided() && hasValidValue()) {
            return;
        }
        for (int i = 0; i < rows; i++) {
            double value = values[i];
            if (Double.isNaN(value) || value == 0) {
                continue;
            }
            min = Math.min(min, value);
            max = Math.max(max, value);
            validAsAfr = validAsAfr || Afr.isValid(value);
            validAsLambda = validAsLambda || Afr.isValid(asLambda.usableAfr(value));
        }
    }

    Mixture mixture() {
        return holdsLambda() ? asLambda : Mixture.AFR;
    }

    private boolean holdsLambda() {
        if (calledLambda) {
            return !isWithin(Afr.MIN, Afr.MAX) || !target && max - min < MIN_SPREAD;
        }
        return calledAfr && isWithin(MIN_LAMBDA, MAX_LAMBDA);
    }

    /** Whether no further value can change {@link #mixture}. */
    boolean isDecided() {
        return calledLambda ? min < Afr.MIN || max > Afr.MAX : !calledAfr || min < MIN_LAMBDA || max > MAX_LAMBDA;
    }

    /** Whether any value is a valid AFR. */
    boolean hasValidValue() {
        return holdsLambda() ? validAsLambda : validAsAfr;
    }

    private boolean isWithin(double from, double to) {
        return min >= from && max <= to && min <= max;
    }
}
