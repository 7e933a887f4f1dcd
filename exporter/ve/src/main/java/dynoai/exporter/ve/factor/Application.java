package dynoai.exporter.ve.factor;

import dynoai.exporter.table.FixedFormat;
import dynoai.exporter.table.VeTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The arithmetic of apply and rollback: new = base × (1 + factor / 100). Dividing the written table, which is rounded to
 * four decimals, misses the base by 0.0001 in some cells. Applying therefore computes a residual per cell: what the division
 * misses. The division gives the same result on every machine, so adding the residual restores the base exactly.
 */
public final class Application {
    /** The unit of residuals is 1 / 10000. */
    private static final int DECIMALS = 4;

    private static final double UNITS = 10_000;

    /** A quotient misses the base by at most its own size, and a base is below {@link VeTable#CELL_LIMIT}. */
    private static final double MAX_QUOTIENT = 4 * VeTable.CELL_LIMIT;

    private Application() {}

    /** Returns the applied factor in percent: clamped, 0 for an empty cell. */
    public static double clamped(double factorPercent, double maxAdjustPct) {
        return Double.isNaN(factorPercent) ? 0 : Math.max(-maxAdjustPct, Math.min(maxAdjustPct, factorPercent));
    }

    static double multiplier(double clampedPercent) {
        return 1 + clampedPercent / 100;
    }

    /** Returns the multiplier of each cell, 1 in unchanged cells. */
    public static double[] multipliers(VeTable factor, double maxAdjustPct, Set<Integer> unchanged) throws VeException {
        double[] multipliers = new double[factor.size()];
        for (int cell = 0; cell < multipliers.length; cell++) {
            double clamped = unchanged.contains(cell) ? 0 : clamped(factor.at(cell), maxAdjustPct);
            multipliers[cell] = multiplier(clamped);
            if (!(multipliers[cell] > 0)) {
                throw VeException.arguments("the factor at " + place(factor, cell) + " is " + clamped
                        + " %, which leaves a multiplier of 0 or less");
            }
        }
        return multipliers;
    }

    public static VeTable apply(VeTable base, double[] multipliers) throws VeException {
        double[] cells = new double[base.size()];
        for (int cell = 0; cell < cells.length; cell++) {
            cells[cell] = base.at(cell) * multipliers[cell];
            if (Math.abs(cells[cell]) >= VeTable.CELL_LIMIT) {
                throw VeException.arguments("the new value at " + place(base, cell) + " would be " + cells[cell]
                        + ", more than a table may hold");
            }
        }
        return base.withCells(cells);
    }

    /** Returns what dividing the written table misses, in 0.0001 per cell. */
    public static List<Long> residuals(VeTable base, VeTable written, double[] multipliers) {
        List<Long> residuals = new ArrayList<>();
        for (int cell = 0; cell < base.size(); cell++) {
            residuals.add(base.isEmpty(cell) ? 0 : units(base.at(cell)) - units(written.at(cell) / multipliers[cell]));
        }
        return residuals;
    }

    /** Returns the base; without residuals the result of the division. */
    public static VeTable restore(VeTable written, double[] multipliers, List<Long> residuals) throws VeException {
        List<Long> corrections = residuals.isEmpty() ? Collections.nCopies(written.size(), 0L) : residuals;
        double[] cells = new double[written.size()];
        for (int cell = 0; cell < cells.length; cell++) {
            if (written.isEmpty(cell)) {
                cells[cell] = Double.NaN;
            } else {
                if (Math.abs(written.at(cell) / multipliers[cell]) > MAX_QUOTIENT) {
                    throw VeException.arguments("the restored value at " + place(written, cell) + " would be "
                            + written.at(cell) / multipliers[cell] + ", more than a table may hold");
                }
                double restored = (units(written.at(cell) / multipliers[cell]) + corrections.get(cell)) / UNITS;
                cells[cell] = restored == 0 ? Math.copySign(0.0, written.at(cell)) : restored;
            }
        }
        return written.withCells(cells);
    }

    public static String place(VeTable table, int cell) {
        return table.rpmLabel(cell / table.columns()) + " rpm, " + table.kpaLabel(cell % table.columns()) + " kPa";
    }

    private static long units(double value) {
        return FixedFormat.units(value, DECIMALS);
    }
}
