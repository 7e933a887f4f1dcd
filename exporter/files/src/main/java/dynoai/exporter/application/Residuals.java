package dynoai.exporter.application;

import dynoai.exporter.table.FixedFormat;
import dynoai.exporter.table.VeTable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a rollback's division misses. A written table is rounded to four decimals, so dividing it by the multiplier misses the
 * base by 0.0001 in some cells. The division gives the same result on every machine, so adding the residual restores the base
 * exactly.
 */
public final class Residuals {
    /** The unit of residuals is 1 / 10000. */
    private static final int DECIMALS = 4;

    private static final double UNITS = 10_000;

    private Residuals() {}

    /** Returns the applied factor in percent: clamped, 0 for an empty cell. */
    public static double clamped(double factorPercent, double maxAdjustPct) {
        return Double.isNaN(factorPercent) ? 0 : Math.max(-maxAdjustPct, Math.min(maxAdjustPct, factorPercent));
    }

    public static double multiplier(double clampedPercent) {
        return 1 + clampedPercent / 100;
    }

    /** Returns what dividing the written table misses, in 0.0001 per cell. */
    public static List<Long> of(VeTable base, VeTable written, double[] multipliers) {
        List<Long> residuals = new ArrayList<>();
        for (int cell = 0; cell < base.size(); cell++) {
            residuals.add(base.isEmpty(cell) ? 0 : units(base.at(cell)) - units(written.at(cell) / multipliers[cell]));
        }
        return residuals;
    }

    /** Returns the restored value of a cell. */
    public static double restored(double quotient, long residual) {
        return (units(quotient) + residual) / UNITS;
    }

    /** Returns the number of cells that rollback restores only to four decimals. */
    public static long roundedCells(VeTable base) {
        long rounded = 0;
        for (int cell = 0; cell < base.size(); cell++) {
            if (!base.isEmpty(cell) && restored(base.at(cell), 0) != base.at(cell)) {
                rounded++;
            }
        }
        return rounded;
    }

    private static long units(double value) {
        return FixedFormat.units(value, DECIMALS);
    }
}
