package dynoai.ingest.log;

/** Plausible air-fuel ratios, and their relation to lambda. */
final class Afr {
    static final double STOICHIOMETRIC = 14.57;

    private static final double MIN = 9;
    private static final double MAX = 18;
    private static final double SENTINEL = 5.1;
    private static final double SENTINEL_WIDTH = 1e-6;
    private static final double MIN_LAMBDA = 0.6;
    private static final double MAX_LAMBDA = 1.3;

    private Afr() {}

    static boolean isValid(double afr) {
        return afr >= MIN && afr <= MAX && !(Math.abs(afr - SENTINEL) <= SENTINEL_WIDTH);
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
