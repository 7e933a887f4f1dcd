package dynoai.exporter.diagnose;

import dynoai.exporter.kernel.KernelResult;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.option.AnalysisOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The quality of a run.
 *
 * @param anomalies the anomalies in the order of {@link AnomalyType}, cells row by row
 * @param message a warning, for example that no row was accepted and why; null for none
 * @param whyFrontEmpty why no row of the front cylinder was accepted, as a part of a sentence; empty if one was
 * @param whyRearEmpty likewise for the rear cylinder
 * @param weakFront cells of the front cylinder with some, but fewer than {@link #ENOUGH_SAMPLES} samples
 * @param weakRear likewise for the rear cylinder
 */
public record Diagnostics(
        List<Anomaly> anomalies,
        @Nullable String message,
        String whyFrontEmpty,
        String whyRearEmpty,
        List<Integer> weakFront,
        List<Integer> weakRear) {
    /** A cell with fewer accepted rows is weak. */
    public static final int ENOUGH_SAMPLES = 10;

    /** The warning in every report of a run in the replay version. */
    public static final String REPLAY_WARNING =
            "math version toolkit-1.2 replays the historical toolkit. Its sign is inverted for fuelling: a lean cell comes"
                    + " out negative. Do not apply these deltas.";

    /** What every report of a run weighted by hits says. */
    public static final String HITS_NOTE =
            "Weighted by hits: every row weighs 1.0, and rows of any load count. Torque and"
                    + " power maps need a log with torque or power.";

    public static Diagnostics of(
            LogDescription description, AnalysisOptions options, RunGrids grids, KernelResult kernels) {
        RunMessage message = new RunMessage(description, options, grids);
        return new Diagnostics(
                new AnomalySearch(options, grids, kernels).find(),
                message.text(),
                grids.front().accepted() == 0 ? message.whyEmpty(Cylinder.FRONT) : "",
                grids.rear().accepted() == 0 ? message.whyEmpty(Cylinder.REAR) : "",
                weakCells(grids.front().coverage()),
                weakCells(grids.rear().coverage()));
    }

    /** Returns why no row of the cylinder was accepted, as a part of a sentence; empty if one was. */
    public String whyEmpty(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? whyFrontEmpty : whyRearEmpty;
    }

    public List<Integer> weakCells(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? weakFront : weakRear;
    }

    private static List<Integer> weakCells(List<Long> coverage) {
        List<Integer> weak = new ArrayList<>();
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (coverage.get(cell) > 0 && coverage.get(cell) < ENOUGH_SAMPLES) {
                weak.add(cell);
            }
        }
        return List.copyOf(weak);
    }
}
