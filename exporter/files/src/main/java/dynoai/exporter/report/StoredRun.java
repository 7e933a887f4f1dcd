package dynoai.exporter.report;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import java.util.Map;

/**
 * A run as read back from its folder.
 *
 * @param shop whose run it is
 * @param vehicle what was on the dyno: the folder that the log came from, else the base table's name
 * @param createdAt when it was made, ISO 8601 in UTC
 * @param message what went wrong, or what the run says loudly; empty for nothing
 * @param largestPercent largest correction that leaves; NaN where no cell has one
 * @param combined delta of both cylinders in percent, as written
 * @param coverageFront samples per cell
 * @param options every option of the run by its key, as text
 */
public record StoredRun(
        String runId,
        String shop,
        String vehicle,
        String log,
        String createdAt,
        boolean ok,
        String message,
        String mathVersion,
        String appVersion,
        long rowsRead,
        long acceptedFront,
        long acceptedRear,
        long clampedCells,
        long anomalies,
        double largestPercent,
        Grid combined,
        Grid front,
        Grid rear,
        Grid coverageFront,
        Grid coverageRear,
        Map<String, String> options) {

    public Grid delta(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? front : rear;
    }

    public Grid coverage(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? coverageFront : coverageRear;
    }

    /** Cells of a cylinder that have a sample. */
    public int covered(Cylinder cylinder) {
        int cells = 0;
        for (double samples : coverage(cylinder).toArray()) {
            if (samples > 0) {
                cells++;
            }
        }
        return cells;
    }

    public boolean isReplay() {
        return mathVersion.startsWith("toolkit");
    }
}
