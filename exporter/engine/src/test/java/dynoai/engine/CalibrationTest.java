package dynoai.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.engine.stored.Verification;
import dynoai.exporter.kernel.KernelResult;
import dynoai.exporter.table.VeTable;
import dynoai.exporter.ve.VeRollback;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The library as in its README. */
class CalibrationTest {
    private static final int CELL = GridAxes.cell(3000, 80);

    @TempDir
    Path work;

    @Test
    void allLibrarySteps_restoreTheBase() throws Exception {
        // Given
        Path log = new LogText().rows(20, 3000, 80, 13.2, 13.8).in(work, "pull.csv");
        double[] ve = new double[GridAxes.CELLS];
        Arrays.fill(ve, 58.0007);
        Path base =
                Files.write(work.resolve("base.csv"), VeTable.of(Grid.of(ve)).write());
        Path factor = work.resolve("factor.csv");
        Path tuned = work.resolve("tuned.csv");
        Path restored = work.resolve("restored.csv");
        // When
        AnalysisOptions options = AnalysisOptions.defaults().with(Option.CLAMP, "10");
        RunGrids bins = Calibration.bin(log, options);
        KernelResult result = Calibration.runKernels(bins, options);
        Calibration.writeGrid(result.combined().clamped(), factor);
        Calibration.apply(base, factor, tuned);
        Calibration.rollback(tuned, work.resolve("tuned_meta.json"), restored);
        // Then
        assertThat(Calibration.readGrid(factor).at(CELL)).isEqualTo(4.55);
        assertThat(Calibration.readGrid(tuned).at(CELL)).isEqualTo(60.6397);
        assertThat(restored).hasSameBinaryContentAs(base);
    }

    @ParameterizedTest
    @CsvSource({"2.0.0, false", "2.0.0, true", "1.0.0, false", "toolkit-1.2, true"})
    void updatedBaseTables_areRolledBackInTheRunFolder(String version, boolean perCylinder) throws Exception {
        // Given
        Path log = LogText.pull(3000).in(work, "pull.csv");
        double[] ve = new double[GridAxes.CELLS];
        Arrays.setAll(ve, cell -> (500_007 + 7_919L * cell) / 1e4);
        ve[0] = Double.NaN;
        Path base =
                Files.write(work.resolve("base.csv"), VeTable.of(Grid.of(ve)).write());
        AnalysisOptions options = AnalysisOptions.of(Map.of(
                "base_front",
                base.toString(),
                "accept_inverted_sign",
                "true",
                "math_version",
                version,
                "per_cylinder",
                String.valueOf(perCylinder)));
        Path run = Calibration.analyze(log, options, RunTarget.exactly(work.resolve("run")))
                .folder();
        for (String cylinder : List.of("Front", "Rear")) {
            // When
            var restored = Calibration.rollback(
                    run.resolve("VE_" + cylinder + "_Updated.csv"),
                    run.resolve("VE_" + cylinder + "_Updated_meta.json"),
                    work.resolve(cylinder + ".csv"));
            // Then
            assertThat(restored.restored()).isEqualTo(VeRollback.Restored.EXACT);
            assertThat(work.resolve(cylinder + ".csv")).hasSameBinaryContentAs(base);
        }
        assertThat(Verification.of(run).isWhole()).isTrue();
    }

    @Test
    void logInMemory_givesTheSumsOfTheFile() throws Exception {
        // Given
        LogText pull = LogText.pull(3000);
        // When
        RunGrids ofFile = Calibration.bin(pull.in(work, "pull.csv"), AnalysisOptions.defaults());
        RunGrids ofBytes = Calibration.bin("pull.csv", pull.bytes(), AnalysisOptions.defaults());
        // Then
        assertThat(ofBytes).isEqualTo(ofFile);
    }

    @Test
    void analyze_publishesARunFolder() throws Exception {
        // Given
        Path log = LogText.pull(3000).in(work, "pull.csv");
        // When
        PublishedRun run = Calibration.analyze(log, AnalysisOptions.defaults(), RunTarget.among(work.resolve("runs")));
        // Then
        assertThat(Verification.of(run.folder()).isWhole()).isTrue();
    }
}
