package dynoai.exporter.kernel;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;

/**
 * The grids that the kernels compute from a run's sums, unrounded.
 *
 * @param combined delta of the mean of both cylinders
 * @param torqueCombined mean torque of both cylinders in ft-lb, or the torque of the only one with a value
 * @param hpCombined likewise power in hp
 */
public record KernelResult(
        Delta combined, CylinderResult front, CylinderResult rear, Grid torqueCombined, Grid hpCombined) {

    /**
     * The grids of one cylinder.
     *
     * @param delta its delta in percent
     * @param rawCorrection its correction in percent, not smoothed, with the rear bias; the anomaly search uses it
     * @param error its AFR error in percent, negative when lean; the replay version adds the rear bias
     * @param spark suggested spark change in degrees, never positive
     */
    public record CylinderResult(Delta delta, Grid rawCorrection, Grid error, Grid spark) {}

    public CylinderResult of(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? front : rear;
    }
}
