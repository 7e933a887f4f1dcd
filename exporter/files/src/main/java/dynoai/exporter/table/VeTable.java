package dynoai.exporter.table;

import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of engine speeds by manifold pressures with any bins: a VE table, a table of factors or a mask. The bins keep their
 * labels as read; an empty cell is NaN. Immutable.
 */
public final class VeTable {
    /** Limit of a table file. */
    public static final int MAX_BYTES = 1 << 20;

    /** Limit of the bins of one axis. */
    public static final int MAX_BINS = 256;

    /** Exclusive limit of a cell's magnitude, so that units of 0.0001 are exact. */
    public static final double CELL_LIMIT = 1e9;

    private final List<String> rpmLabels;
    private final List<String> kpaLabels;
    private final double[] cells;

    private VeTable(List<String> rpmLabels, List<String> kpaLabels, double[] cells) {
        this.rpmLabels = List.copyOf(rpmLabels);
        this.kpaLabels = List.copyOf(kpaLabels);
        this.cells = cells;
    }

    /** Returns a table of these bins and cells, row by row. */
    public static VeTable of(List<String> rpmLabels, List<String> kpaLabels, double[] cells) {
        if (cells.length != rpmLabels.size() * kpaLabels.size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells do not fill " + rpmLabels.size() + " rows of " + kpaLabels.size());
        }
        return new VeTable(rpmLabels, kpaLabels, cells.clone());
    }

    /** Returns a grid as a table. */
    public static VeTable of(Grid grid) {
        List<String> rpm = new ArrayList<>();
        for (int i = 0; i < GridAxes.RPM_COUNT; i++) {
            rpm.add(Integer.toString(GridAxes.rpm(i)));
        }
        List<String> kpa = new ArrayList<>();
        for (int i = 0; i < GridAxes.KPA_COUNT; i++) {
            kpa.add(Integer.toString(GridAxes.kpa(i)));
        }
        return new VeTable(rpm, kpa, grid.toArray());
    }

    /**
     * Reads a table file. Any line ends, a byte order mark, quotes and guarding apostrophes are accepted.
     *
     * @param file its name for messages
     */
    public static VeTable read(String file, byte[] bytes) throws InvalidTableException {
        return new TableReader(file).read(bytes);
    }

    public int rows() {
        return rpmLabels.size();
    }

    public int columns() {
        return kpaLabels.size();
    }

    /** Returns rows times columns; cells are numbered row by row. */
    public int size() {
        return cells.length;
    }

    public String rpmLabel(int row) {
        return rpmLabels.get(row);
    }

    public String kpaLabel(int column) {
        return kpaLabels.get(column);
    }

    public double at(int cell) {
        return cells[cell];
    }

    public double at(int row, int column) {
        return cells[row * columns() + column];
    }

    public boolean isEmpty(int cell) {
        return Double.isNaN(cells[cell]);
    }

    /** Returns the filled cell with the largest magnitude, the first of equal ones, or −1 if all are empty. */
    public int largestCell() {
        return Grid.largestCell(cells);
    }

    /** Returns a table of the same bins with other cells. */
    public VeTable withCells(double[] other) {
        return of(rpmLabels, kpaLabels, other);
    }

    /** Whether both tables have the same bins as numbers. */
    public boolean hasBinsOf(VeTable other) {
        return sameNumbers(rpmLabels, other.rpmLabels) && sameNumbers(kpaLabels, other.kpaLabels);
    }

    /** Returns both axes in words for messages. */
    public String bins() {
        return "rpm " + String.join(" ", rpmLabels) + " by kPa " + String.join(" ", kpaLabels);
    }

    public boolean hasGridBins() {
        return hasBinsOf(of(Grid.EMPTY));
    }

    /**
     * Returns the cells as a grid.
     *
     * @throws InvalidTableException if the bins differ
     */
    public Grid toGrid(String file) throws InvalidTableException {
        if (!hasGridBins()) {
            throw new InvalidTableException(file, 0, "", bins(), of(Grid.EMPTY).bins());
        }
        return Grid.of(cells);
    }

    /** Writes the table with four decimals, as tuning programs expect. */
    public byte[] write() {
        return write(4, false);
    }

    public byte[] write(int decimals, boolean plus) {
        Csv csv = new Csv().cell("RPM");
        kpaLabels.forEach(csv::cell);
        csv.endLine();
        for (int row = 0; row < rows(); row++) {
            csv.cell(rpmLabels.get(row));
            for (int column = 0; column < columns(); column++) {
                double cell = at(row, column);
                csv.cell(Double.isNaN(cell) ? "" : FixedFormat.format(cell, decimals, plus));
            }
            csv.endLine();
        }
        return csv.bytes();
    }

    private static boolean sameNumbers(List<String> labels, List<String> others) {
        if (labels.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < labels.size(); i++) {
            if (Double.parseDouble(labels.get(i)) != Double.parseDouble(others.get(i))) {
                return false;
            }
        }
        return true;
    }
}
