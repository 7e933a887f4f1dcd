package dynoai.exporter.kernel;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;

/**
 * What the kernels make of a run's sums: every grid that leaves, unrounded.
 *
 * @param combined delta from the mean of both cylinders
 * @param front delta from the front cylinder alone
 * @param rear delta from the rear cylinder alone
 * @param anomalyCorrFront front correction as the anomalies see it, in percent, not smoothed
 * @param anomalyCorrRear likewise for the rear, with the rear bias
 * @param errFront AFR error map of the front cylinder, in percent, negative when lean
 * @param errRear likewise for the rear; the replay version has the rear bias in it
 * @param sparkFront suggested spark change in degrees, never positive
 * @param sparkRear likewise for the rear
 * @param torqueCombined mean torque of both cylinders in ft-lb, or the one that exists
 * @param hpCombined likewise power in hp
 */
public record KernelResult(
        Delta combined,
        Delta front,
        Delta rear,
        Grid anomalyCorrFront,
        Grid anomalyCorrRear,
        Grid errFront,
        Grid errRear,
        Grid sparkFront,
        Grid sparkRear,
        Grid torqueCombined,
        Grid hpCombined) {

    public Delta delta(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? front : rear;
    }

    public Grid err(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? errFront : errRear;
    }

    public Grid spark(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? sparkFront : sparkRear;
    }

    public Grid anomalyCorr(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? anomalyCorrFront : anomalyCorrRear;
    }
}
