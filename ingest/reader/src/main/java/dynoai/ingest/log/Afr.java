package dynoai.ingest.log;

/** Which air-fuel ratios are believed, and how a lambda becomes one. */
final class Afr {
    static final double STOICHIOMETRIC = 14.57;

    private static final double LEAST = 9;
    private static final double GREATEST = 18;
    private static final double SENTINEL = 5.1;
    private static final double SENTINEL_WIDTH = 1e-6;
    private static final double LEAST_LAMBDA = 0.6;
    private static final double GREATEST_LAMBDA = 1.3;

    private Afr() {}

    static boolean isValid(double afr) {
        return afr >= LEAST && afr <= GREATEST && !(Math.abs(afr - SENTINEL) <= SENTINEL_WIDTH);
    }

    static boolean isUsableLambda(double lambda) {
        return lambda >= LEAST_LAMBDA && lambda <= GREATEST_LAMBDA;
    }

    /** The table of targets by manifold pressure, for logs without a commanded AFR. */
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
