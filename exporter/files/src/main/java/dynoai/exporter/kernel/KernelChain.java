package dynoai.exporter.kernel;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import java.util.function.IntToLongFunction;

/** Runs the kernels: rear bias, mean of the cylinders, K1, K2 and clamp for the deltas, K3 for the spark suggestion. */
public final class KernelChain {
    private final AnalysisOptions options;
    private final GradientLimitedSmoothing smoothing;
    private final KnockRetard knockRetard;

    public KernelChain(AnalysisOptions options) {
        this.options = options;
        smoothing = new GradientLimitedSmoothing(
                options.whole(Option.SMOOTH_PASSES), options.number(Option.GRADIENT_THRESHOLD));
        knockRetard = new KnockRetard(options.number(Option.REAR_RULE_DEG), options.number(Option.HOT_EXTRA));
    }

    /**
     * Runs all kernels. The rear bias is added to the rear correction first. The replay version adds it after combining the
     * cylinders, so that it changes the rear error map and the anomalies, but no delta.
     */
    public KernelResult run(RunGrids sums) {
        boolean replay = options.mathVersion().isReplay();
        RunGrids.CylinderGrids front = sums.front();
        RunGrids.CylinderGrids rear = sums.rear();
        Grid biasedRear = withRearBias(rear.corr());
        Grid rearCorrection = replay ? rear.corr() : biasedRear;
        return new KernelResult(
                delta(front.corr().meanWith(rearCorrection), sums::samples),
                new KernelResult.CylinderResult(
                        delta(front.corr(), front::samples), front.corr(), front.err(), spark(sums, Cylinder.FRONT)),
                new KernelResult.CylinderResult(
                        delta(rearCorrection, rear::samples),
                        biasedRear,
                        replay ? withRearBias(rear.err()) : rear.err(),
                        spark(sums, Cylinder.REAR)),
                front.torque().meanWith(rear.torque()),
                front.hp().meanWith(rear.hp()));
    }

    /** Applies K1, K2 and the clamp to a correction table whose cells have enough samples. */
    public Delta delta(Grid corr) {
        return delta(corr, cell -> Long.MAX_VALUE);
    }

    private Delta delta(Grid corr, IntToLongFunction samples) {
        Grid smoothed = Grid.of(CenterWeightedBlend.apply(smoothing.apply(corr.toArray())));
        double[] result = clamped(smoothed, options).toArray();
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (samples.applyAsLong(cell) < options.whole(Option.MIN_SAMPLES)) {
                result[cell] = Double.NaN;
            }
        }
        return new Delta(corr, smoothed, Grid.of(result));
    }

    /** Returns every cell of a smoothed table after the clamp, whatever its samples. */
    public static Grid clamped(Grid smoothed, AnalysisOptions options) {
        double limit = options.number(Option.CLAMP);
        return smoothed.map(percent -> FuelCorrection.clamp(percent, limit));
    }

    private Grid spark(RunGrids grids, Cylinder cylinder) {
        RunGrids.CylinderGrids own = grids.of(cylinder);
        return knockRetard.suggest(cylinder, own.peakKnock(), own.peakIat());
    }

    private Grid withRearBias(Grid rear) {
        double bias = options.number(Option.REAR_BIAS);
        double[] cells = rear.toArray();
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (KernelProfile.REAR_BIAS_BAND.contains(cell)) {
                cells[cell] += bias;
            }
        }
        return Grid.of(cells);
    }
}
