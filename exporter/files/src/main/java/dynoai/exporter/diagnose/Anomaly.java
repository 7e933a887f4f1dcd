package dynoai.exporter.diagnose;

import dynoai.exporter.kernel.Band;
import dynoai.schemas.grid.GridAxes;
import java.util.List;

/**
 * One thing about a run that a tuner should look at before trusting the tables.
 *
 * @param score how strongly it shows, in the unit of its type
 * @param explanation what was seen and what may cause it
 * @param nextChecks what to look at next, the likeliest first
 */
public record Anomaly(AnomalyType type, double score, Place place, String explanation, List<String> nextChecks) {

    /** Where it shows, in words. */
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

    static String name(int cell) {
        return GridAxes.rpmOfCell(cell) + " rpm x " + GridAxes.kpaOfCell(cell) + " kPa";
    }

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
