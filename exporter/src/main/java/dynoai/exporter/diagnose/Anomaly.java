package dynoai.exporter.diagnose;

import dynoai.exporter.kernel.Band;
import dynoai.schemas.GridAxes;
import java.util.List;

/**
 * One thing about a run that a tuner should look at before trusting the tables.
 *
 * @param score how strongly it shows, in the unit of its type
 * @param explanation what was seen and what may cause it
 * @param nextChecks what to look at next, the likeliest first
 */
public record Anomaly(AnomalyType type, double score, Place place, String explanation, List<String> nextChecks) {

    /** Where on the grid an anomaly shows. */
    public sealed interface Place {}

    /** One cell. */
    public record AtCell(int cell) implements Place {}

    /** A rectangle of the grid. */
    public record InBand(Band band) implements Place {}

    /** Several cells, in grid order; at most the first ten. */
    public record AtCells(List<KnockCell> cells) implements Place {}

    /**
     * @param hot whether the intake air of either cylinder was at 120 °F or more there
     */
    public record KnockCell(int cell, boolean hot) {
        public int rpm() {
            return GridAxes.rpmOfCell(cell);
        }

        public int kpa() {
            return GridAxes.kpaOfCell(cell);
        }
    }
}
