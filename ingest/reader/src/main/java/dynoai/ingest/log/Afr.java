package dynoai.ingest.log;

/** Plausible air-fuel ratios, and their relation to lambda. */
final class Afr {
    static final double STOICHIOMETRIC = 14.57;

    static final double MIN = 9;
    static final double MAX = 18;

    private static final double MIN_LAMBDA = 0.6;
    private static final double MAX_LAMBDA = 1.3;

    private Afr() {}

    /** The sentinel 5.1 of a wideband without a signal is below the range. */
    static boolean isValid(double afr) {
        return afr >= MIN && afr <= MAX;
    }

    static boolean isUsableLambda(double lambda) {
        return lambda >= MIN_LAMBDA && lambda <= MAX_LAMBDA;
    }

    /** Returns the target by manifold pressure, for logs without a commanded AFR. */
    static double target(double kpa) {
        if (kpa < 50) {
            return 14.7;
        }
        if (kpa < 70) {
            return 13.8;
        }
        return kpa <= 85 ? 13.2 : 12.2;
    }
}
