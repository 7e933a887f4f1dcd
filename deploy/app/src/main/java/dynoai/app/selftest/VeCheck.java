package dynoai.app.selftest;

import dynoai.engine.Calibration;
import dynoai.exporter.table.VeTable;
import dynoai.exporter.ve.factor.VeException;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Applies factors to a VE table and rolls them back; then to a table that was changed, which must fail. */
final class VeCheck implements Check {
    @Override
    public String name() {
        return "ve";
    }

    @Override
    public String run(Path folder) throws Exception {
        Path base = table(folder.resolve("base.csv"), 50.0007, 0.7919);
        Path factor = table(folder.resolve("factor.csv"), -8.5, 0.31);
        Path applied = folder.resolve("applied.csv");
        Path metadata = folder.resolve("applied_meta.json");
        Path restored = folder.resolve("restored.csv");
        Calibration.apply(base, factor, applied);
        if (Files.mismatch(base, applied) < 0) {
            throw new FailedCheckException("applying factors did not change the table");
        }
        Calibration.rollback(applied, metadata, restored);
        if (Files.mismatch(base, restored) >= 0) {
            throw new FailedCheckException("the table that was rolled back differs from the base");
        }
        Files.writeString(
                applied, Files.readString(applied, StandardCharsets.UTF_8).replaceFirst("\\.[0-9]", ".x"));
        try {
            Calibration.rollback(applied, metadata, folder.resolve("changed.csv"));
        } catch (VeException e) {
            if (e.reason() == VeException.Reason.HASH_MISMATCH) {
                return GridAxes.CELLS + " cells are restored exactly, and a changed table is noticed";
            }
            throw e;
        }
        throw new FailedCheckException("a changed table was rolled back");
    }

    private static Path table(Path file, double first, double step) throws IOException {
        double[] cells = new double[GridAxes.CELLS];
        Arrays.setAll(cells, cell -> first + step * cell);
        return Files.write(file, VeTable.of(Grid.of(cells)).write());
    }
}
