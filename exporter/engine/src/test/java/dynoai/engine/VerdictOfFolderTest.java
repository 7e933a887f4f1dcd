package dynoai.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.verdict.Corrections;
import dynoai.exporter.verdict.CylinderFigures;
import dynoai.exporter.verdict.Verdict;
import dynoai.schemas.option.AnalysisOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts of run folders. */
class VerdictOfFolderTest {
    private static final SampleProfile KNOCKING = SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 7)
            .with(SampleProfile.Fault.LEAN_FRONT)
            .with(SampleProfile.Fault.KNOCK);

    @TempDir
    private Path folder;

    @Test
    void verdictOfAFolder_isThatOfItsAnalysis() throws Exception {
        for (Map<String, String> options : List.of(
                Map.<String, String>of(),
                Map.of("clamp", "5"),
                Map.of("min_samples", "10"),
                Map.of("math_version", "toolkit-1.2"),
                Map.of("rear_rule_deg", "0"))) {
            // Given
            PublishedRun run = analyze(KNOCKING, options);

            // When
            Verdict read = Verdict.read(run.folder(), run.manifest());

            // Then
            Verdict computed = Verdict.of(run.analysis());
            assertThat(read.corrections()).as("%s", options).isEqualTo(computed.corrections());
            assertThat(read.spark()).as("%s", options).isEqualTo(computed.spark());
            assertThat(read.mean()).as("%s", options).isEqualTo(computed.mean());
            assertThat(read.ride().bands())
                    .as("%s", options)
                    .isEqualTo(computed.ride().bands());
            assertThat(computed.spark().knock()).isNotEmpty();
        }
    }

    @Test
    void folderWithoutItsReport_doesNotKnowTheValuesBeforeTheClamp() throws Exception {
        // Given
        PublishedRun run = analyze(KNOCKING, Map.of("clamp", "5"));
        Files.delete(RunFolderLayout.REPORT.in(run.folder()));

        // When
        Corrections corrections = Corrections.read(run.folder(), run.manifest());

        // Then
        CylinderFigures.Largest largest =
                Objects.requireNonNull(corrections.front().largest());
        assertThat(largest.recorded()).isFalse();
        assertThat(largest.words())
                .startsWith("+5.00 % at")
                .endsWith("(at the clamp; the value before it is not recorded)");
    }

    private PublishedRun analyze(SampleProfile profile, Map<String, String> options) throws Exception {
        Path log = Files.write(folder.resolve("log.csv"), SampleLogs.bytes(profile, 3000));
        return BatchAnalysis.ofSystemTime()
                .analyze(
                        new RunRequest(
                                log, AnalysisOptions.of(options), new RunTarget.Among(folder.resolve("runs")), 1),
                        bytes -> {});
    }
}
