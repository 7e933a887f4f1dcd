package dynoai.schemas.grid;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** An immutable grid of 55 numbers on {@link GridAxes}; an empty cell is NaN. */
public final class Grid {
    public static final Grid EMPTY = new Grid(empty());

    private final double[] cells;

    private Grid(double[] cells) {
        this.cells = cells;
    }

    public static Grid of(double[] cells) {
        if (cells.length != GridAxes.CELLS) {
            throw new IllegalArgumentException("a grid has " + GridAxes.CELLS + " cells, not " + cells.length);
        }
        return new Grid(cells.clone());
    }

    /** Returns a new array of empty cells. */
    public static double[] empty() {
        double[] cells = new double[GridAxes.CELLS];
        Arrays.fill(cells, Double.NaN);
        return cells;
    }

    public double at(int cell) {
        return cells[cell];
    }

    public double at(int rpmIndex, int kpaIndex) {
        return cells[rpmIndex * GridAxes.KPA_COUNT + kpaIndex];
    }

    public boolean isEmpty(int cell) {
        return Double.isNaN(cells[cell]);
    }

    public boolean isEmpty() {
        for (double cell : cells) {
            if (!Double.isNaN(cell)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the filled cell with the largest magnitude, the first of equal ones, or −1 if all are empty. */
    public int largestCell() {
        return largestCell(cells);
    }

    /** Does the same for the cells of a table of any size; NaN is an empty cell. */
    public static int largestCell(double[] cells) {
        int largest = -1;
        for (int cell = 0; cell < cells.length; cell++) {
            if (!Double.isNaN(cells[cell]) && (largest < 0 || Math.abs(cells[cell]) > Math.abs(cells[largest]))) {
                largest = cell;
            }
        }
        return largest;
    }

    public double[] toArray() {
        return cells.clone();
    }

    /** Applies a function to every cell that is not empty. */
    public Grid map(DoubleUnaryOperator function) {
        double[] mapped = cells.clone();
        for (int i = 0; i < mapped.length; i++) {
            if (!Double.isNaN(mapped[i])) {
                mapped[i] = function.applyAsDouble(mapped[i]);
            }
        }
        return new Grid(mapped);
    }

    /** Returns the mean of both grids by cell, or the value that exists. */
    public Grid meanWith(Grid other) {
        double[] mean = new double[cells.length];
        for (int i = 0; i < mean.length; i++) {
            double a = cells[i];
            double b = other.cells[i];
            mean[i] = Double.isNaN(a) ? b : Double.isNaN(b) ? a : (a + b) / 2;
        }
        return new Grid(mean);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grid grid && Arrays.equals(cells, grid.cells);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(cells);
    }

    @Override
    public String toString() {
        return Arrays.toString(cells);
    }
}
