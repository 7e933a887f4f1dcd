package dynoai.exporter.kernel;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;

/**
 * K3: suggests how much spark advance to take out, in degrees, per cylinder and for all 55 cells.
 *
 * <p>A peak knock k of at least 0.5° pulls min(2, max(0.5, k / 3 × 2)); intake air of 120 °F or more adds 0.5 to a pull. The
 * rear cylinder runs hotter: at 2800-3600 rpm and 75-95 kPa its rule takes out a fixed amount more, and a further one when
 * hot. A cell without data counts as free of knock and not hot. The terms add up and are never positive. The result is only
 * a suggestion.
 */
public final class KnockRetard {
    private final double rearRuleDeg;
    private final double hotExtraDeg;

    /**
     * @param rearRuleDeg degrees that the rear rule takes out; the sign is ignored
     * @param hotExtraDeg degrees added to the rear rule in a hot cell; never positive
     */
    public KnockRetard(double rearRuleDeg, double hotExtraDeg) {
        if (hotExtraDeg > 0) {
            throw new IllegalArgumentException("the hot extra must not add advance: " + hotExtraDeg);
        }
        this.rearRuleDeg = rearRuleDeg;
        this.hotExtraDeg = hotExtraDeg;
    }

    Grid suggest(Cylinder cylinder, Grid peakKnock, Grid peakIat) {
        double[] degrees = new double[GridAxes.CELLS];
        for (int cell = 0; cell < degrees.length; cell++) {
            boolean hot = peakIat.at(cell) >= KernelProfile.HOT_IAT_FAHRENHEIT;
            degrees[cell] = withRule(pull(peakKnock.at(cell), hot), cylinder, cell, hot);
        }
        return Grid.of(degrees);
    }

    /**
     * Returns the part of a suggestion that the rear rule makes up. Whether the cell was hot follows from the suggestion.
     *
     * @param peakKnock highest knock retard in the cell; NaN without any
     * @param suggested the suggestion for the cell
     */
    public double rulePart(Cylinder cylinder, int cell, double peakKnock, double suggested) {
        double offCool = Math.abs(withRule(pull(peakKnock, false), cylinder, cell, false) - suggested);
        double offHot = Math.abs(withRule(pull(peakKnock, true), cylinder, cell, true) - suggested);
        return withRule(0.0, cylinder, cell, offHot < offCool);
    }

    private double withRule(double pull, Cylinder cylinder, int cell, boolean hot) {
        if (cylinder != Cylinder.REAR || !KernelProfile.REAR_SPARK_BAND.contains(cell)) {
            return pull;
        }
        double degrees = pull - Math.abs(rearRuleDeg);
        return hot ? degrees + hotExtraDeg : degrees;
    }

    private static double pull(double knock, boolean hot) {
        if (!(knock >= KernelProfile.KNOCK_THRESHOLD_DEG)) {
            return 0.0;
        }
        double wanted = (knock / KernelProfile.KNOCK_SCALE_DEG) * KernelProfile.KNOCK_PULL_DEG;
        double pull = -Math.min(KernelProfile.KNOCK_PULL_DEG, Math.max(KernelProfile.MIN_PULL_DEG, wanted));
        return hot ? pull + KernelProfile.HOT_PULL_DEG : pull;
    }
}
