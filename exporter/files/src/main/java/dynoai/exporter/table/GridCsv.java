package dynoai.exporter.table;

import dynoai.schemas.grid.Grid;

/** The CSV file of a grid: a header of pressures, then one line per engine speed. Empty cells are empty. */
public final class GridCsv {
    private GridCsv() {}

    public static byte[] write(Grid grid, int decimals, boolean plus) {
        return VeTable.of(grid).write(decimals, plus);
    }

    /**
     * Reads a grid.
     *
     * @param file its name for messages
     * @throws InvalidTableException if the file is not a table, or its bins are not the grid's
     */
    public static Grid read(String file, byte[] bytes) throws InvalidTableException {
        return VeTable.read(file, bytes).toGrid(file);
    }
}
