package dynoai.exporter.ve.factor;

import dynoai.exporter.application.Residuals;
import dynoai.exporter.table.VeTable;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The arithmetic of apply and rollback: new = base × (1 + factor / 100); {@link Residuals} make the rollback exact. */
public final class Application {
    /** A quotient misses the base by at most its own size, and a base is below {@link VeTable#CELL_LIMIT}. */
    private static final double MAX_QUOTIENT = 4 * VeTable.CELL_LIMIT;

    private Application() {}

    /** Returns the multiplier of each cell, 1 in unchanged cells. */
    public static double[] multipliers(VeTable factor, double maxAdjustPct, Set<Integer> unchanged) throws VeException {
        double[] multipliers = new double[factor.size()];
        for (int cell = 0; cell < multipliers.length; cell++) {
            double clamped = unchanged.contains(cell) ? 0 : Residuals.clamped(factor.at(cell), maxAdjustPct);
            multipliers[cell] = Residuals.multiplier(clamped);
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
                double restored = Residuals.restored(written.at(cell) / multipliers[cell], corrections.get(cell));
                cells[cell] = restored == 0 ? Math.copySign(0.0, written.at(cell)) : restored;
            }
        }
        return written.withCells(cells);
    }

    public static String place(VeTable table, int cell) {
        return table.rpmLabel(cell / table.columns()) + " rpm, " + table.kpaLabel(cell % table.columns()) + " kPa";
    }
}
