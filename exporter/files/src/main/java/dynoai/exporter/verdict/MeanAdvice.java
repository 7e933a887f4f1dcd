package dynoai.exporter.verdict;

import dynoai.exporter.report.html.Figures;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.GridAxes;

/**
 * Whether the mean of both cylinders may be used for both.
 *
 * @param offered whether it may
 * @param reason why or why not, as a sentence
 */
public record MeanAdvice(boolean offered, String reason) {
    /** The largest difference in percent at which the cylinders agree. */
    public static final double AGREE_PERCENT = 3.0;

    static MeanAdvice of(CylinderFigures front, CylinderFigures rear) {
        for (Cylinder cylinder : Cylinder.values()) {
            CylinderFigures own = cylinder == Cylinder.FRONT ? front : rear;
            if (own.isEmpty()) {
                return new MeanAdvice(
                        false, "The " + cylinder.key() + " cylinder has no correction, so there is no mean of both.");
            }
        }
        int widest = -1;
        int oneOnly = 0;
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            double difference = difference(front, rear, cell);
            if (!Double.isNaN(difference)) {
                widest = widest < 0 || difference > difference(front, rear, widest) ? cell : widest;
            } else if (front.delta().isEmpty(cell) != rear.delta().isEmpty(cell)) {
                oneOnly++;
            }
        }
        if (widest < 0) {
            return new MeanAdvice(false, "The cylinders have no cell in common.");
        }
        double difference = difference(front, rear, widest);
        if (difference > AGREE_PERCENT) {
            return new MeanAdvice(
                    false,
                    "Front and rear differ by " + Figures.number(difference, 2, false) + " % at "
                            + Figures.place(widest) + ": their mean fits neither of them.");
        }
        int unrecorded = unrecorded(front) + unrecorded(rear);
        if (unrecorded > 0) {
            return new MeanAdvice(
                    false,
                    "The corrections before the clamp are not recorded in " + unrecorded
                            + (unrecorded == 1 ? " cell" : " cells") + ", so the cylinders may differ by more than "
                            + Figures.plain(AGREE_PERCENT) + " %.");
        }
        return new MeanAdvice(
                true,
                "Front and rear agree within " + Figures.plain(AGREE_PERCENT) + " % in every cell that both have"
                        + (oneOnly == 0
                                ? "."
                                : "; " + oneOnly + (oneOnly == 1 ? " cell has" : " cells have")
                                        + " the value of one cylinder only."));
    }

    /** Returns the difference before the clamp, without its sign; NaN if one has no correction. */
    private static double difference(CylinderFigures front, CylinderFigures rear, int cell) {
        return Math.abs(front.uncut(cell) - rear.uncut(cell));
    }

    private static int unrecorded(CylinderFigures own) {
        return (int) own.ridden().cut().stream()
                .filter(cell -> own.beforeClamp().isEmpty(cell))
                .count();
    }
}
