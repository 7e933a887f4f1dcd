package dynoai.exporter.table;

import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import java.util.List;
import java.util.function.IntFunction;

/** A grid of a run as CSV: a header of pressures, one line for each engine speed, an empty cell as nothing. */
public final class GridCsv {
    private GridCsv() {}

    public static byte[] write(Grid grid, int decimals, boolean plus) {
        return lines(cell -> grid.isEmpty(cell) ? "" : FixedFormat.format(grid.at(cell), decimals, plus));
    }

    /** @param counts one for each of the 55 cells, row by row */
    public static byte[] counts(List<Long> counts) {
        return lines(cell -> Long.toString(counts.get(cell)));
    }

    /** Reads a grid back, whoever wrote it; a table with other bins than the grid's is refused. */
    public static Grid read(String file, byte[] bytes) throws InvalidTableException {
        return VeTable.read(file, bytes).toGrid(file);
    }

    private static byte[] lines(IntFunction<String> cells) {
        Csv csv = new Csv().cell("RPM");
        for (int kpa = 0; kpa < GridAxes.KPA_COUNT; kpa++) {
            csv.cell(Integer.toString(GridAxes.kpa(kpa)));
        }
        csv.endLine();
        for (int rpm = 0; rpm < GridAxes.RPM_COUNT; rpm++) {
            csv.cell(Integer.toString(GridAxes.rpm(rpm)));
            for (int kpa = 0; kpa < GridAxes.KPA_COUNT; kpa++) {
                csv.cell(cells.apply(rpm * GridAxes.KPA_COUNT + kpa));
            }
            csv.endLine();
        }
        return csv.bytes();
    }
}
