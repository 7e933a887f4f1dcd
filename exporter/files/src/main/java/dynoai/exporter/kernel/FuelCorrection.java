package dynoai.exporter.kernel;

import dynoai.schemas.option.MathVersion;

/**
 * The fuel correction of one reading as a multiplier, for example 1.05 for 5 % more fuel. Runs do not use it: they weigh and
 * smooth percentages, and clamp once at the end.
 */
public final class FuelCorrection {
    private FuelCorrection() {}

    /** Returns the multiplier of math version 2.0.0, the default, clamped to ±15 %. */
    public static double correction(double measuredAfr, double targetAfr) {
        return correction(measuredAfr, targetAfr, MathVersion.V2_0_0);
    }

    /** Returns the multiplier, clamped to ±15 %. */
    public static double correction(double measuredAfr, double targetAfr, MathVersion version) {
        return correction(measuredAfr, targetAfr, version, KernelProfile.FUNCTION_CLAMP_PERCENT);
    }

    /**
     * Returns the multiplier 1 + percent / 100, clamped to ±{@code clampPercent}.
     *
     * @throws IllegalArgumentException if an AFR is outside 9 to 20, or the clamp is negative or NaN
     */
    public static double correction(double measuredAfr, double targetAfr, MathVersion version, double clampPercent) {
        check("measured", measuredAfr);
        check("target", targetAfr);
        if (!(clampPercent >= 0)) {
            throw new IllegalArgumentException("the clamp must be 0 or more percent, not " + clampPercent);
        }
        double percent = version.correctionPercent(targetAfr, measuredAfr);
        return 1.0 + clamp(percent, clampPercent) / 100.0;
    }

    static double clamp(double percent, double limit) {
        return Math.max(-limit, Math.min(limit, percent));
    }

    private static void check(String what, double afr) {
        if (!(afr >= KernelProfile.MIN_AFR && afr <= KernelProfile.MAX_AFR)) {
            throw new IllegalArgumentException("the " + what + " AFR must be from 9 to 20, not " + afr);
        }
    }
}
