package dynoai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dynoai.exporter.AnalysisResult;
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

/** Two excerpts of real exports, kept beside the repository: read sensibly, or refused for a reason that helps. */
class RealExcerptsTest {
    private static final Path SAMPLES = Path.of("..", "..", "..", "shared", "samples");

    @TempDir
    Path work;

    @BeforeEach
    void needSamples() {
        if (!Files.isDirectory(SAMPLES)) {
            System.out.println("Skipped: the shared samples are not beside this repository");
        }
        assumeTrue(Files.isDirectory(SAMPLES), "no shared samples here");
    }

    @Test
    void powerCoreExport_isReadInThousandsWithTorqueFromPower() throws Exception {
        // When
        AnalysisResult facts = analyze(excerpt("real_powercore"));
        // Then
        LogDescription log = facts.description();
        assertThat(log.format()).isEqualTo(LogFormat.POWERVISION);
        assertThat(log.conversions()).anyMatch(conversion -> conversion.contains("1000"));
        assertThat(log.sources()).contains(new Source(Channel.TORQUE_FTLB, "derived", " (DWRT CPU) Power"));
        assertThat(facts.grids().processed())
                .as("rows, all without a torque of their own")
                .isEqualTo(12);
        assertThat(facts.grids()
                        .front()
                        .gates()
                        .get(Gate.RPM_OUT_OF_RANGE.ordinal())
                        .rows())
                .isZero();
    }

    @Test
    void powerCoreExport_saysThatNoWidebandValueWasUsable() throws Exception {
        // When
        AnalysisResult facts = analyze(excerpt("real_powercore"));
        // Then
        assertThat(facts.grids().front().accepted()).isZero();
        assertThat(facts.grids().rear().accepted()).isZero();
        String message = facts.diagnostics().message();
        assertThat(message)
                .contains("No row was accepted")
                .contains("(PV) WBO2 AFR Front")
                .contains("always 5.10")
                .contains("accepted: 9 to 18");
        assertThat(facts.description().hasAfr(Cylinder.FRONT)).isTrue();
    }

    @Test
    void jetDriveExport_isRefusedForWhatItDoesNotHave() throws Exception {
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
                .facts();
    }

    private static Path excerpt(String folder) throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
