package dynoai.exporter.kernel;

import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;

/** Builds a grid cell by cell. */
final class Cells {
    private final double[] cells = Grid.empty();

    static Cells at(int rpm, int kpa, double value) {
        return new Cells().and(rpm, kpa, value);
    }

    Cells and(int rpm, int kpa, double value) {
        cells[GridAxes.cell(rpm, kpa)] = value;
        return this;
    }

    Grid grid() {
        return Grid.of(cells);
    }

    double[] array() {
        return cells.clone();
    }
}
