package dynoai.exporter.report;

import dynoai.exporter.verdict.Verdict;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as read back from its folder.
 *
 * @param shop the shop of the run
 * @param vehicle the folder that the log came from, else the name of the base table
 * @param createdAt start of the run, ISO 8601 in UTC
 * @param message the failure or the warning of the run; empty for none
 * @param largestPercent largest correction after the clamp; NaN if no cell has one
 * @param combined delta of both cylinders in percent, as written
 * @param coverageFront samples per cell
 * @param options the options as text, by key
 * @param verdict null for a failed run
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
        Map<String, String> options,
        @Nullable Verdict verdict) {

    public Grid delta(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? front : rear;
    }

    public Grid coverage(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? coverageFront : coverageRear;
    }

    /** Returns the number of cells with a sample. */
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
