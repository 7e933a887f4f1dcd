package dynoai.schemas.grid;

import org.assertj.core.api.AbstractAssert;

/** Assertions on a grid: {@code assertThat(grid).hasOnlyCell(3000, 80).withPercent(4.55)}. */
public final class GridAssert extends AbstractAssert<GridAssert, Grid> {
    private int cell = -1;

    private GridAssert(Grid actual) {
        super(actual, GridAssert.class);
    }

    public static GridAssert assertThat(Grid grid) {
        return new GridAssert(grid);
    }

    public GridAssert isEmpty() {
        for (int i = 0; i < GridAxes.CELLS; i++) {
            if (!actual.isEmpty(i)) {
                failWithMessage("expected an empty grid but %s holds %s", name(i), actual.at(i));
            }
        }
        return this;
    }

    /** Verifies that exactly one cell is not empty and selects it. */
    public GridAssert hasOnlyCell(int rpm, int kpa) {
        int wanted = GridAxes.cell(rpm, kpa);
        for (int i = 0; i < GridAxes.CELLS; i++) {
            if (i != wanted && !actual.isEmpty(i)) {
                failWithMessage("expected only %s but %s holds %s", name(wanted), name(i), actual.at(i));
            }
        }
        return hasCell(rpm, kpa);
    }

    /** Verifies that a cell is not empty and selects it. */
    public GridAssert hasCell(int rpm, int kpa) {
        cell = GridAxes.cell(rpm, kpa);
        if (actual.isEmpty(cell)) {
            failWithMessage("expected a value in %s but it is empty", name(cell));
        }
        return this;
    }

    public GridAssert hasEmptyCell(int rpm, int kpa) {
        int wanted = GridAxes.cell(rpm, kpa);
        if (!actual.isEmpty(wanted)) {
            failWithMessage("expected %s to be empty but it holds %s", name(wanted), actual.at(wanted));
        }
        return this;
    }

    /** Verifies that the selected cell is the same double. */
    public GridAssert withPercent(double percent) {
        return holding(percent, 0);
    }

    /** Verifies the selected cell with a tolerance. */
    public GridAssert withPercentNear(double percent, double tolerance) {
        return holding(percent, tolerance);
    }

    /** Verifies that the selected cell is the same double, in degrees. */
    public GridAssert withDegrees(double degrees) {
        return holding(degrees, 0);
    }

    private GridAssert holding(double value, double tolerance) {
        if (cell < 0) {
            throw new IllegalStateException("name a cell first");
        }
        double found = actual.at(cell);
        if (!(Math.abs(found - value) <= tolerance)) {
            failWithMessage("expected %s in %s but found %s", value, name(cell), found);
        }
        return this;
    }

    private static String name(int cell) {
        return GridAxes.rpmOfCell(cell) + " rpm x " + GridAxes.kpaOfCell(cell) + " kPa";
    }
}
