package dynoai.exporter.verdict;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * What was ridden with one cylinder: in one run, or in all runs of a session.
 *
 * @param rows accepted rows per cell, added up over the runs
 * @param mad median absolute deviation of the errors per cell, of the latest run that has one; empty if unknown
 * @param cut cells whose correction the clamp has cut in the latest run
 */
public record Ridden(List<Long> rows, Grid mad, Set<Integer> cut) {
    /** A cylinder without a row. */
    public static final Ridden NOTHING = new Ridden(Collections.nCopies(GridAxes.CELLS, 0L), Grid.EMPTY, Set.of());

    /** Returns the number of cells with a row. */
    public int covered() {
        return (int) rows.stream().filter(count -> count > 0).count();
    }

    public Trust trust(int cell) {
        return Trust.of(rows.get(cell), mad.at(cell));
    }

    long missing(int cell) {
        return Trust.missing(rows.get(cell), mad.at(cell));
    }

    /** Both cylinders by name. */
    static Ridden of(Cylinder cylinder, Ridden front, Ridden rear) {
        return cylinder == Cylinder.FRONT ? front : rear;
    }
}
