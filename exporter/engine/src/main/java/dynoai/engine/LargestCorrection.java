package dynoai.engine;

import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.table.InvalidTableException;
import dynoai.exporter.table.VeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The cell of a delta table with the largest correction.
 *
 * @param file the table that was read
 * @param percent the correction with its sign
 * @param rpm the cell's engine speed, as the table writes it
 * @param kpa the cell's manifold pressure, as the table writes it
 * @param cells number of cells with a correction
 */
public record LargestCorrection(Path file, double percent, String rpm, String kpa, int cells) {
    /** Returns the correction without its sign. */
    public double magnitude() {
        return Math.abs(percent);
    }

    /**
     * Finds the largest correction of a table of any size, or of a run folder's combined delta.
     *
     * @throws InvalidTableException if the file is not a table, or no cell has a correction
     * @throws IOException if the file cannot be read
     */
    public static LargestCorrection of(Path tableOrRunFolder) throws InvalidTableException, IOException {
        Path file = Files.isDirectory(tableOrRunFolder) ? GridFile.DELTA.in(tableOrRunFolder) : tableOrRunFolder;
        VeTable table = VeTable.read(file.toString(), InputTables.bytes(file));
        int cell = table.largestCell();
        if (cell < 0) {
            throw new InvalidTableException(
                    file.toString(), 0, "", "no cell with a correction", "a delta table with at least one");
        }
        int cells = 0;
        for (int other = 0; other < table.size(); other++) {
            cells += table.isEmpty(other) ? 0 : 1;
        }
        return new LargestCorrection(
                file,
                table.at(cell),
                table.rpmLabel(cell / table.columns()),
                table.kpaLabel(cell % table.columns()),
                cells);
    }
}
