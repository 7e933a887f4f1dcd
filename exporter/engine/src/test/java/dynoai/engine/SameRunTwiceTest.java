package dynoai.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.engine.stored.Comparison;
import dynoai.engine.stored.Difference;
import dynoai.engine.stored.Verification;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.run.ManifestSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two analyses of one log differ only in names and times, and every check confirms it. */
@Tag("long")
class SameRunTwiceTest {
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));
    private static final InstantSource EVENING = InstantSource.fixed(Instant.parse("2026-10-25T20:30:00.250Z"));

    @TempDir
    Path work;

    @Test
    void sameLogAndOptions_haveOneFingerprintAndTwoNames() throws Exception {
        // Given
        Path log = LogText.pull(4000).in(work, "pull.csv");
        // When
        PublishedRun noon = analyze(NOON, log, AnalysisOptions.defaults(), "noon");
        PublishedRun evening = analyze(EVENING, log, AnalysisOptions.defaults(), "evening");
        // Then
        assertThat(evening.manifest().fingerprint())
                .isEqualTo(noon.manifest().fingerprint())
                .hasSize(64);
        assertThat(evening.runId()).isNotEqualTo(noon.runId()).startsWith("2026-10-25T20-30-00Z-");
        assertThat(evening.manifest().root().get("created_at")).isEqualTo("2026-10-25T20:30:00.250Z");
        assertThat(noon.manifest().root().get("created_at")).isEqualTo("2026-03-01T12:00:00.000Z");
        assertThat(Comparison.of(noon.folder(), evening.folder()).differences()).isEmpty();
        for (PublishedRun report : new PublishedRun[] {noon, evening}) {
            assertThat(Verification.of(report.folder()).findings()).isEmpty();
            assertThat(new Determinism(BatchAnalysis.ofSystemTime())
                            .ofRun(report.folder())
                            .isEqual())
                    .isTrue();
            byte[] manifest = Files.readAllBytes(report.folder().resolve("manifest.json"));
            ManifestSchema.assertValid(manifest);
            assertThat(ManifestReader.read("manifest.json", manifest).hasRightFingerprint())
                    .isTrue();
            assertThat(report.folder().resolve(report.runId() + ".manifest.json"))
                    .hasBinaryContent(manifest);
        }
        assertThat(new Determinism(BatchAnalysis.ofSystemTime())
                        .ofLog(log, AnalysisOptions.defaults())
                        .isEqual())
                .isTrue();
    }

    @Test
    void otherOption_hasAnotherFingerprintAndIsNamed() throws Exception {
        // Given
        Path log = LogText.pull(4000).in(work, "pull.csv");
        // When
        PublishedRun one = analyze(NOON, log, AnalysisOptions.defaults(), "one");
        PublishedRun other = analyze(NOON, log, AnalysisOptions.of(Map.of("clamp", "5")), "other");
        // Then
        assertThat(other.manifest().fingerprint()).isNotEqualTo(one.manifest().fingerprint());
        assertThat(Comparison.of(one.folder(), other.folder()).differences())
                .extracting(Difference::where)
                .contains("args.clamp");
    }

    @Test
    void baseTable_countsByItsBytesNotItsPath() throws Exception {
        // Given
        Path log = LogText.pull(2000).in(work, "pull.csv");
        String table = Files.readString(GoldenCasesTest.CASES.resolve("base-tables-per-cylinder/base_front.csv"));
        Path here = Files.writeString(work.resolve("here.csv"), table);
        Path there = Files.writeString(work.resolve("there.csv"), table);
        Path changed = Files.writeString(work.resolve("changed.csv"), table.replaceFirst("80\\.0000", "80.0001"));
        // When
        String first = analyze(NOON, log, base(here), "first").manifest().fingerprint();
        String moved = analyze(EVENING, log, base(there), "moved").manifest().fingerprint();
        String other = analyze(NOON, log, base(changed), "other").manifest().fingerprint();
        // Then
        assertThat(moved).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
        assertThat(Comparison.of(work.resolve("first"), work.resolve("moved")).differences())
                .isEmpty();
    }

    @Test
    void changedByte_isFoundByVerificationAndComparison() throws Exception {
        // Given
        Path log = LogText.pull(2000).in(work, "pull.csv");
        Path intact = analyze(NOON, log, AnalysisOptions.defaults(), "intact").folder();
        Path touched = analyze(NOON, log, AnalysisOptions.defaults(), "touched").folder();
        // When
        Path coverage = touched.resolve("Coverage_Front.csv");
        String text = Files.readString(coverage);
        Files.writeString(coverage, text.substring(0, text.length() - 3) + "9\r\n");
        // Then
        assertThat(Verification.of(touched).findings())
                .extracting(Verification.Finding::file)
                .containsExactly("Coverage_Front.csv");
        assertThat(Comparison.of(intact, touched).differences())
                .isNotEmpty()
                .allSatisfy(difference -> assertThat(difference.where()).startsWith("Coverage_Front.csv"));
        assertThat(new Determinism(BatchAnalysis.ofSystemTime()).ofRun(touched).isEqual())
                .isFalse();
    }

    private static AnalysisOptions base(Path table) throws Exception {
        return AnalysisOptions.of(Map.of("base_front", table.toString()));
    }

    private PublishedRun analyze(InstantSource clock, Path log, AnalysisOptions options, String folder)
            throws Exception {
        return new BatchAnalysis(clock)
                .analyze(new RunRequest(log, options, RunTarget.exactly(work.resolve(folder)), 2), bytes -> {});
    }
}
