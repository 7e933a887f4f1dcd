package dynoai.exporter.ve;

import dynoai.exporter.table.GridCsv;
import dynoai.exporter.ve.factor.FactorChoice;
import dynoai.exporter.ve.factor.VeException;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.grid.Grid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A folder with a base table, factors and a run folder. */
final class VeFixture {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    final Path folder;
    final Path base;
    final Path factor;
    final Path output;
    final Path metadata;
    final Path restored;

    VeFixture(Path folder) throws IOException {
        this.folder = folder;
        base = folder.resolve("base.csv");
        factor = folder.resolve("factor.csv");
        output = folder.resolve("ve.csv");
        metadata = folder.resolve("ve_meta.json");
        restored = folder.resolve("restored.csv");
        Files.write(base, GridCsv.write(baseGrid(), 4, false));
        Files.write(factor, GridCsv.write(factorGrid(), 2, true));
    }

    ApplyRequest request() {
        return ApplyRequest.of(base, new FactorChoice.OfFile(factor), output);
    }

    VeApply.Applied apply() throws VeException, IOException {
        return new VeApply().apply(request(), NOW);
    }

    RollbackRequest rollback() {
        return new RollbackRequest(output, metadata, restored, null);
    }

    static Grid baseGrid() {
        double[] cells = new double[55];
        for (int cell = 0; cell < cells.length; cell++) {
            cells[cell] = (500_007 + 7_919L * cell) / 1e4;
        }
        return Grid.of(cells);
    }

    /** Returns factors from -9 to +9 percent, with three empty cells. */
    static Grid factorGrid() {
        double[] cells = new double[55];
        for (int cell = 0; cell < cells.length; cell++) {
            cells[cell] = cell % 20 == 3 ? Double.NaN : Math.round(-900 + 33.33 * cell) / 100.0;
        }
        return Grid.of(cells);
    }

    /** Writes a run folder with the files that applying reads. */
    Path run(String mathVersion) throws IOException {
        Path run = Files.createDirectories(folder.resolve("runs/2026-01-02T03-04-05Z-abcdef"));
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("VE_Correction_Delta_DYNO.csv", GridCsv.write(factorGrid(), 2, true));
        files.put("VE_Correction_Delta_Front.csv", GridCsv.write(factorGrid().map(x -> x / 2), 2, true));
        files.put("AFR_Error_Map_Front.csv", GridCsv.write(factorGrid().map(x -> -x), 2, true));
        files.put("Coverage_Front.csv", coverage(4, 4));
        files.put("Coverage_Rear.csv", coverage(6, 0));
        StringBuilder outputs = new StringBuilder();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(run.resolve(file.getKey()), file.getValue());
            outputs.append(outputs.length() == 0 ? "" : ",\n  ")
                    .append("{\"file\": \"" + file.getKey() + "\", \"sha256\": \"" + Sha256.hex(file.getValue())
                            + "\"}");
        }
        String manifest = "{\"schema_id\": \"dynoai.manifest@1\", \"run_id\": \"" + run.getFileName()
                + "\", \"ok\": true,\n \"math_version\": \"" + mathVersion + "\",\n \"outputs\": [" + outputs + "]}\n";
        Files.writeString(run.resolve("manifest.json"), manifest);
        Files.writeString(run.resolve(run.getFileName() + ".manifest.json"), manifest);
        return run;
    }

    private static byte[] coverage(long firstCell, long otherCells) {
        double[] cells = new double[55];
        Arrays.fill(cells, otherCells);
        cells[0] = firstCell;
        return GridCsv.write(Grid.of(cells), 0, false);
    }
}
