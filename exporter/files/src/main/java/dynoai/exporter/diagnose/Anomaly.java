package dynoai.exporter.diagnose;

import dynoai.exporter.kernel.Band;
import dynoai.schemas.grid.GridAxes;
import java.util.List;

/**
 * A part of a run that a tuner should check before trusting the tables.
 *
 * @param score its strength in the unit of its type
 * @param explanation the observation and its possible causes
 * @param nextChecks what to check next, the likeliest first
 */
public record Anomaly(AnomalyType type, double score, Place place, String explanation, List<String> nextChecks) {

    /** Returns the place in words. */
    public String where() {
        if (place instanceof AtCell at) {
            return name(at.cell());
        }
        if (place instanceof InBand in) {
            Band band = in.band();
            return band.lowestRpm() + "-" + band.highestRpm() + " rpm, " + band.lowestKpa() + "-" + band.highestKpa()
                    + " kPa";
        }
        StringBuilder cells = new StringBuilder();
        for (KnockCell knock : ((AtCells) place).cells()) {
            cells.append(cells.length() == 0 ? "" : "; ")
                    .append(name(knock.cell()))
                    .append(knock.hot() ? " (hot)" : "");
        }
        return cells.toString();
    }

    public static String name(int cell) {
        return GridAxes.rpmOfCell(cell) + " rpm x " + GridAxes.kpaOfCell(cell) + " kPa";
    }

    /** The place of an anomaly on the grid. */
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
