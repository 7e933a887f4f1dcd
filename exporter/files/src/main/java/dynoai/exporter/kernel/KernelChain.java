package dynoai.exporter.kernel;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;

/** Runs the kernels: rear bias, mean of the cylinders, K1, K2, clamp, and K3 beside them. Pure: same sums, same bits. */
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
     * The rear bias is part of the rear correction before anything else. The replay version instead adds it after the
     * cylinders were combined: there it reaches the rear error map and the anomalies, but no delta.
     */
    public KernelResult run(RunGrids grids) {
        boolean replay = options.mathVersion().isReplay();
        Grid corrFront = grids.front().corr();
        Grid biasedRear = withRearBias(grids.rear().corr());
        Grid corrRear = replay ? grids.rear().corr() : biasedRear;
        Grid errRear = grids.rear().err();
        return new KernelResult(
                delta(corrFront.meanWith(corrRear)),
                delta(corrFront),
                delta(corrRear),
                corrFront,
                biasedRear,
                grids.front().err(),
                replay ? withRearBias(errRear) : errRear,
                spark(grids, Cylinder.FRONT),
                spark(grids, Cylinder.REAR),
                grids.front().torque().meanWith(grids.rear().torque()),
                grids.front().hp().meanWith(grids.rear().hp()));
    }

    /** One correction table through K1, K2 and the clamp. */
    public Delta delta(Grid corr) {
        Grid smoothed = Grid.of(CenterWeightedBlend.apply(smoothing.apply(corr.toArray())));
        double limit = options.number(Option.CLAMP);
        return new Delta(corr, smoothed, smoothed.map(percent -> FuelCorrection.clamp(percent, limit)));
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
