package dynoai.schemas.grid;

import java.util.List;

/**
 * The sums of a run: all that kernels, diagnostics and files need.
 *
 * @param rowsRead data rows of the log, readable or not
 * @param unreadable rows without rpm, kpa or torque
 * @param rowsOutsideGrid processed rows beyond the grid, counted in its edge cells
 * @param battery correlation of the correction with the battery's voltage
 * @param balance both cylinders' measured AFR, with {@code --balance-cylinders}
 * @param decel closing-throttle events, with {@code --decel-management}
 */
public record RunGrids(
        long rowsRead,
        long unreadable,
        long rowsOutsideGrid,
        CylinderGrids front,
        CylinderGrids rear,
        BatteryCorrelation battery,
        List<TimelineWindow> timeline,
        CylinderBalance balance,
        DecelFindings decel) {

    /** A run without cylinder balance and decel management. */
    public RunGrids(
            long rowsRead,
            long unreadable,
            long rowsOutsideGrid,
            CylinderGrids front,
            CylinderGrids rear,
            BatteryCorrelation battery,
            List<TimelineWindow> timeline) {
        this(
                rowsRead,
                unreadable,
                rowsOutsideGrid,
                front,
                rear,
                battery,
                timeline,
                CylinderBalance.NOT_ASKED,
                DecelFindings.NOT_ASKED);
    }

    public long processed() {
        return rowsRead - unreadable;
    }

    public CylinderGrids of(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? front : rear;
    }

    /**
     * One cylinder's grids.
     *
     * @param err weighted mean AFR error per cell in percent, negative when lean
     * @param corr weighted mean correction per cell in percent, before any bias, smoothing or clamp
     * @param torque weighted mean torque; empty unless its sum is positive
     * @param hp weighted mean power; empty unless its sum is positive
     * @param coverage accepted rows per cell
     * @param mad median absolute deviation of the errors per cell
     * @param peakKnock highest knock retard per cell, from 0.0, over all rows that pass the gates on operating point
     * @param peakIat highest intake temperature per cell over the same rows; empty where none
     * @param gates rows by {@link Gate}
     */
    public record CylinderGrids(
            Grid err,
            Grid corr,
            Grid torque,
            Grid hp,
            List<Long> coverage,
            Grid mad,
            Grid peakKnock,
            Grid peakIat,
            List<GateTally> gates) {

        public long accepted() {
            return gates.get(Gate.ACCEPTED.ordinal()).rows();
        }

        /** Returns the number of cells with at least one accepted row. */
        public int coveredCells() {
            return (int) coverage.stream().filter(rows -> rows > 0).count();
        }
    }

    /**
     * How many rows a gate took and the range of the values it took them for; both NaN where there was no value (the
     * measured AFR for the AFR gate).
     */
    public record GateTally(long rows, double lowest, double highest) {}

    /** Pearson's r over {@code pairs} pairs of correction and battery voltage; 0 when a root is 0. */
    public record BatteryCorrelation(long pairs, double r) {}
}
