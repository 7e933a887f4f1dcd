package dynoai.schemas.grid;

import java.util.List;

/**
 * The aggregate of a run's rows: the input of the kernels, the diagnostics and the files.
 *
 * @param rowsRead data rows of the log, readable or not
 * @param unreadable unreadable rows
 * @param rowsOutsideGrid rows beyond the grid, counted in its edge cells
 * @param battery correlation of the correction with the battery voltage
 * @param balance measured AFR of both cylinders, if a balance was requested
 * @param decel closing-throttle events, if decel management was requested
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

    /** A run without balance and decel management. */
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
                CylinderBalance.NOT_REQUESTED,
                DecelFindings.NOT_REQUESTED);
    }

    public long processed() {
        return rowsRead - unreadable;
    }

    public CylinderGrids of(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? front : rear;
    }

    /** Returns the accepted rows behind a cell of the mean of both cylinders. */
    public long samples(int cell) {
        return front.samples(cell) + rear.samples(cell);
    }

    /**
     * The grids of a cylinder.
     *
     * @param err weighted mean AFR error per cell in percent, negative when lean
     * @param corr weighted mean correction per cell in percent, before any bias, smoothing or clamp
     * @param torque weighted mean torque; empty unless its sum is positive
     * @param hp weighted mean power; empty unless its sum is positive
     * @param coverage accepted rows per cell
     * @param mad median absolute deviation of the errors per cell
     * @param peakKnock highest knock retard per cell, from 0.0, over all rows that pass the gates on operating point
     * @param peakIat highest intake temperature per cell over the same rows; empty without readings
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

        /** Returns the accepted rows behind a cell's correction. The coverage of a cylinder without AFR counts other rows too. */
        public long samples(int cell) {
            return corr.isEmpty(cell) ? 0 : coverage.get(cell);
        }

        /** Returns the number of cells with at least one accepted row. */
        public int coveredCells() {
            return (int) coverage.stream().filter(rows -> rows > 0).count();
        }
    }

    /**
     * The rows that a gate rejected and the range of the values for which it did (of the AFR gate: the measured AFR); NaN if
     * there was no value.
     */
    public record GateTally(long rows, double lowest, double highest) {}

    /** Pearson's r over {@code pairs} pairs of correction and battery voltage; 0 when a root is 0. */
    public record BatteryCorrelation(long pairs, double r) {}
}
