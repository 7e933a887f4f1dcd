package dynoai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogDescription.Source;
import dynoai.schemas.log.LogFormat;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Excerpts of real exports from outside the repository are read, or rejected with a helpful reason. */
class SampleExcerptsTest {
    private static final Path SAMPLES = Path.of("..", "..", "..", "shared", "samples");

    @TempDir
    Path work;

    @BeforeEach
    void needSamples() {
        if (!Files.isDirectory(SAMPLES)) {
            System.out.println("Skipped: the sample logs in ../shared are missing");
        }
        assumeTrue(Files.isDirectory(SAMPLES), "the sample logs in ../shared are missing");
    }

    @Test
    void powerCoreExport_isReadInThousandsWithTorqueFromPower() throws Exception {
        // When
        AnalysisResult analysis = analyze(excerpt("real_powercore"));
        // Then
        LogDescription log = analysis.description();
        assertThat(log.format()).isEqualTo(LogFormat.POWERVISION);
        assertThat(log.conversions()).anyMatch(conversion -> conversion.contains("1000"));
        assertThat(log.sources()).contains(new Source(Channel.TORQUE_FTLB, "derived", " (DWRT CPU) Power", ""));
        assertThat(analysis.grids().processed())
                .as("rows, all without a torque of their own")
                .isEqualTo(12);
        assertThat(analysis.grids()
                        .front()
                        .gates()
                        .get(Gate.RPM_OUT_OF_RANGE.ordinal())
                        .rows())
                .isZero();
    }

    @Test
    void powerCoreExport_warnsThatNoWidebandValueWasUsable() throws Exception {
        // When
        AnalysisResult analysis = analyze(excerpt("real_powercore"));
        // Then
        assertThat(analysis.grids().front().accepted()).isZero();
        assertThat(analysis.grids().rear().accepted()).isZero();
        String message = analysis.diagnostics().message();
        assertThat(message)
                .contains("No row was accepted")
                .contains("(PV) WBO2 AFR Front")
                .contains("always 5.10")
                .contains("accepted: 9 to 18");
        assertThat(analysis.description().hasAfr(Cylinder.FRONT)).isTrue();
    }

    @Test
    void jetDriveExport_isRejectedForMissingColumns() throws Exception {
        // Given
        Path log = excerpt("real_jetdrive");
        // Then
        assertThatThrownBy(() -> analyze(log))
                .isInstanceOf(LogRejectedException.class)
                .hasMessageContaining("missing columns")
                .hasMessageContaining("manifold pressure")
                .hasMessageContaining("'Engine Speed'");
        assertThat(work.resolve("run")).doesNotExist();
    }

    private AnalysisResult analyze(Path log) throws Exception {
        RunTarget target = RunTarget.exactly(work.resolve("run"));
        return BatchAnalysis.ofSystemTime()
                .analyze(new RunRequest(log, AnalysisOptions.defaults(), target, 2), bytes -> {})
                .analysis();
    }

    private static Path excerpt(String folder) throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
