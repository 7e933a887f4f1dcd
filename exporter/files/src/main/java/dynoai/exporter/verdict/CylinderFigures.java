package dynoai.exporter.verdict;

import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.report.html.Figures;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The corrections of one cylinder, rounded as the files of the run have them.
 *
 * @param delta the correction in percent, after the clamp
 * @param beforeClamp the correction before the clamp, of the cells that the clamp has cut; empty where not recorded
 * @param ridden the rows behind the corrections
 */
public record CylinderFigures(Grid delta, Grid beforeClamp, Ridden ridden) {

    /**
     * The largest correction of a table.
     *
     * @param percent before the clamp; after it if the value before is not recorded
     * @param written after the clamp
     * @param cut whether the clamp has cut it
     * @param recorded whether the value before the clamp is known
     */
    public record Largest(int cell, double percent, double written, boolean cut, boolean recorded) {
        /** Returns the value, the cell and what the clamp did in words. */
        public String words() {
            String text = Figures.percent(percent) + " % at " + Figures.place(cell);
            if (!cut) {
                return text;
            }
            return recorded
                    ? text + " (the clamp cuts it to " + Figures.percent(written) + " %)"
                    : text + " (at the clamp; the value before it is not recorded)";
        }
    }

    public boolean isCut(int cell) {
        return ridden.cut().contains(cell);
    }

    /** Returns the correction before the clamp; after it where that is not recorded. */
    public double uncut(int cell) {
        return beforeClamp.isEmpty(cell) ? delta.at(cell) : beforeClamp.at(cell);
    }

    /** Returns the largest correction before the clamp, the first of equal ones; null if no cell has one. */
    public @Nullable Largest largest() {
        double[] uncut =
                IntStream.range(0, GridAxes.CELLS).mapToDouble(this::uncut).toArray();
        int cell = Grid.largestCell(uncut);
        if (cell < 0) {
            return null;
        }
        boolean cut = isCut(cell);
        return new Largest(cell, uncut[cell], delta.at(cell), cut, !cut || !beforeClamp.isEmpty(cell));
    }

    /** Returns the largest correction in words. */
    public String largestWords() {
        @Nullable Largest largest = largest();
        return largest == null ? "no correction" : largest.words();
    }

    /** Returns the number of cells with some, but too few samples. */
    public int weak() {
        return (int) ridden.rows().stream()
                .filter(rows -> rows > 0 && rows < Diagnostics.ENOUGH_SAMPLES)
                .count();
    }

    /** Returns the number of cells with a correction. */
    public int corrected() {
        return (int) IntStream.range(0, GridAxes.CELLS)
                .filter(cell -> !delta.isEmpty(cell))
                .count();
    }

    public boolean isEmpty() {
        return delta.isEmpty();
    }
}
