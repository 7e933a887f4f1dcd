package dynoai.exporter.ve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dynoai.exporter.table.VeTable;
import dynoai.exporter.ve.factor.FactorChoice;
import dynoai.exporter.ve.factor.VeException;
import dynoai.exporter.ve.factor.VeException.Reason;
import dynoai.exporter.ve.preview.Preview;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.run.ProductVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class VeApplyTest {
    @TempDir
    private Path folder;

    private VeFixture fixture;

    @BeforeEach
    void createFixture() throws Exception {
        fixture = new VeFixture(folder);
    }

    @Test
    void linkToAnInvertedDelta_failsLikeTheDelta() throws Exception {
        // Given
        Path delta = fixture.run("toolkit-1.2").resolve("VE_Correction_Delta_DYNO.csv");
        Path link = Files.createSymbolicLink(folder.resolve("factors_of_today.csv"), delta);
        // When
        assertFails(
                () -> new VeApply()
                        .preview(ApplyRequest.of(fixture.base, new FactorChoice.OfFile(link), fixture.output)),
                Reason.INVALID_ARGUMENTS,
                "inverted");
    }

    @Test
    void negativeBase_failsWithItsPlace() throws Exception {
        // Given
        Files.writeString(fixture.base, "RPM,35,50\n1500,50,-0.5\n");
        Files.writeString(fixture.factor, "RPM,35,50\n1500,1,1\n");
        // When
        assertFails(() -> fixture.apply(), Reason.INVALID_ARGUMENTS, "the base at 1500 rpm, 50 kPa is -0.5");
        // Then
        assertThat(fixture.output).doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void fifoAsOutputOrMetadata_isNotReplaced() throws Exception {
        // Given
        Path fifo = folder.resolve("pipe");
        new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        ApplyRequest toFifo = ApplyRequest.of(fixture.base, new FactorChoice.OfFile(fixture.factor), fifo);
        // When
        List<Throwable> thrown = List.of(
                catchThrowable(() -> new VeApply().preview(toFifo)),
                catchThrowable(() -> new VeApply().apply(toFifo, VeFixture.NOW)),
                catchThrowable(() -> new VeApply().apply(fixture.request().withMetadata(fifo), VeFixture.NOW)),
                catchThrowable(() -> new VeApply().pathFor(fixture.request(), fifo)));
        // Then
        assertThat(thrown)
                .allSatisfy(
                        each -> assertThat(each).hasMessageContaining("is not a regular file, so it is not replaced"));
        assertThat(Files.exists(fifo)).isTrue();
        assertThat(Files.isRegularFile(fifo)).isFalse();
        assertThat(fixture.output).doesNotExist();
    }

    @Test
    void outputInARunFolder_fails() throws Exception {
        // Given
        Path run = fixture.run("2.0.0");
        Path coverage = run.resolve("Coverage_Front.csv");
        FactorChoice delta = new FactorChoice.OfFile(run.resolve("VE_Correction_Delta_DYNO.csv"));
        byte[] before = Files.readAllBytes(coverage);
        // When
        assertFails(
                () -> new VeApply().apply(ApplyRequest.of(fixture.base, delta, coverage), VeFixture.NOW),
                Reason.INVALID_ARGUMENTS,
                "must not change");
        // Then
        assertThat(Files.readAllBytes(coverage)).isEqualTo(before);
    }

    @Test
    void metadataInARunFolder_fails() throws Exception {
        // Given
        Path run = fixture.run("2.0.0");
        Path metadata = run.resolve("ve_meta.json");
        // When
        assertFails(
                () -> new VeApply().apply(ofRun(run).withMetadata(metadata), VeFixture.NOW),
                Reason.INVALID_ARGUMENTS,
                "must not change");
        // Then
        assertThat(metadata).doesNotExist();
    }

    @Test
    void furtherFile_doesNotReplaceAFileOfTheApplication() {
        for (Path taken : List.of(fixture.base, fixture.factor, fixture.output, fixture.metadata)) {
            assertFails(
                    () -> new VeApply().pathFor(fixture.request(), taken), Reason.INVALID_ARGUMENTS, "would replace");
        }
    }

    @Test
    void furtherFile_isCanonical() throws Exception {
        // When
        Path path = new VeApply().pathFor(fixture.request(), folder.resolve("preview.html"));
        // Then
        assertThat(path).isEqualTo(folder.toRealPath().resolve("preview.html"));
    }

    @Test
    void apply_multipliesByTheClampedFactor() throws Exception {
        // When
        var applied = fixture.apply();
        // Then
        VeTable table = VeTable.read("ve.csv", Files.readAllBytes(fixture.output));
        assertThat(table.at(0)).isEqualTo(46.5007);
        assertThat(table.at(3)).isEqualTo(52.3764);
        assertThat(applied.preview().cells().get(0).fate()).isEqualTo(Preview.Fate.AT_CLAMP);
        assertThat(applied.preview().cells().get(3).fate()).isEqualTo(Preview.Fate.UNCHANGED);
        assertThat(applied.note()).isNull();
    }

    @Test
    void metadata_hasEverythingForRollback() throws Exception {
        // Given
        Path real = folder.toRealPath();
        // When
        fixture.apply();
        // Then
        assertThat(Files.readString(fixture.metadata))
                .contains("\"operation\" : \"apply\"")
                .contains("\"base_sha\" : \"" + Sha256.hex(Files.readAllBytes(fixture.base)) + "\"")
                .contains("\"factor_sha\" : \"" + Sha256.hex(Files.readAllBytes(fixture.factor)) + "\"")
                .contains("\"output_sha\" : \"" + Sha256.hex(Files.readAllBytes(fixture.output)) + "\"")
                .contains("\"applied_at_utc\" : \"2026-01-02T03:04:05.678Z\"")
                .contains("\"max_adjust_pct\" : 7.0")
                .contains("\"app_version\" : \"" + ProductVersion.VERSION + "\"")
                .contains("\"user\" : \"" + System.getProperty("user.name") + "\"")
                .contains("\"folder\" : \"" + real + "\"")
                .contains("\"base_file\" : \"" + real.resolve("base.csv") + "\"")
                .contains("\"factor_file\" : \"" + real.resolve("factor.csv") + "\"")
                .contains("\"output_file\" : \"" + real.resolve("ve.csv") + "\"")
                .contains("\"rounded_base_cells\" : 0")
                .contains("\"residuals\" : [")
                .doesNotContain("math_version");
    }

    @Test
    void preview_writesNothing() throws Exception {
        // When
        var preview = new VeApply().preview(fixture.request());
        // Then
        assertThat(names()).containsExactlyInAnyOrder("base.csv", "factor.csv");
        assertThat(preview.asText())
                .contains("  1500    35     50.0007       -9.00       -7.00     46.5007  clamped\n")
                .endsWith(
                        "changed 51 of 55 cells, 11 at the clamp of ±7.0 %, 0 left alone, 4 without a factor, 0 empty\n");
        assertThat(preview.asJson())
                .contains(
                        "{\"rpm\":\"1500\",\"kpa\":\"35\",\"old\":50.0007,\"factor\":-9.0,\"clamped\":-7.0,\"new\":46.5007,"
                                + "\"fate\":\"at_clamp\"}");
        assertThat(preview.asHtml())
                .startsWith("<!DOCTYPE html>")
                .contains("46.5007")
                .contains("less clamp");
    }

    @Test
    void runFolder_isVerifiedAndSetsTheMathVersion() throws Exception {
        // Given
        Path run = fixture.run("2.0.0");
        // When
        var applied = new VeApply().apply(ofRun(run), VeFixture.NOW);
        // Then
        assertThat(applied.metadata().mathVersion()).isEqualTo("2.0.0");
        assertThat(applied.metadata().runId()).isEqualTo("2026-01-02T03-04-05Z-abcdef");
        assertThat(applied.metadata().factorFile())
                .isEqualTo(folder.toRealPath()
                        .resolve("runs/2026-01-02T03-04-05Z-abcdef/VE_Correction_Delta_DYNO.csv")
                        .toString());
    }

    @Test
    void runOfTheReplayVersion_failsAndWritesNothing() throws Exception {
        // Given
        Path run = fixture.run("toolkit-1.2");
        // When
        assertFails(() -> new VeApply().apply(ofRun(run), VeFixture.NOW), Reason.INVALID_ARGUMENTS, "inverted");
        // Then
        assertThat(names()).containsExactlyInAnyOrder("base.csv", "factor.csv", "runs");
    }

    @Test
    void fileOfTheReplayVersion_failsAndWritesNothing() throws Exception {
        // Given
        ApplyRequest byFile = replayedDelta();
        // When
        assertFails(() -> new VeApply().apply(byFile, VeFixture.NOW), Reason.INVALID_ARGUMENTS, "inverted");
        // Then
        assertThat(names()).containsExactlyInAnyOrder("base.csv", "factor.csv", "runs");
    }

    @Test
    void acceptedFileOfTheReplayVersion_isApplied() throws Exception {
        // Given
        ApplyRequest accepted = replayedDelta().withAcceptInvertedSign(true);
        // When
        var applied = new VeApply().apply(accepted, VeFixture.NOW);
        // Then
        assertThat(applied.metadata().mathVersion()).isEqualTo("toolkit-1.2");
    }

    @Test
    void errorMapOfARun_isNotATableOfFactors() throws Exception {
        // Given
        Path map = fixture.run("2.0.0").resolve("AFR_Error_Map_Front.csv");
        // When
        assertFails(
                () -> new VeApply()
                        .apply(
                                ApplyRequest.of(fixture.base, new FactorChoice.OfFile(map), fixture.output),
                                VeFixture.NOW),
                Reason.INVALID_ARGUMENTS,
                "not a table of factors");
    }

    @Test
    void oneFlippedBitInARun_fails() throws Exception {
        // Given
        Path run = fixture.run("2.0.0");
        // When
        for (String name : List.of(
                "VE_Correction_Delta_DYNO.csv",
                "manifest.json",
                "2026-01-02T03-04-05Z-abcdef.manifest.json",
                "Coverage_Front.csv",
                "Coverage_Rear.csv")) {
            BitFlips.everyNthBit(
                    13,
                    run.resolve(name),
                    () -> assertFails(
                            () -> new VeApply().preview(ofRun(run).withMinHits(1)), Reason.HASH_MISMATCH, "SHA-256"));
        }
        // Then
        assertThat(new VeApply().preview(ofRun(run).withMinHits(1)).cells()).hasSize(55);
    }

    @Test
    void factorsChangedAfterTheirRun_fail() throws Exception {
        // Given
        Path delta = fixture.run("2.0.0").resolve("VE_Correction_Delta_DYNO.csv");
        Files.writeString(delta, Files.readString(delta).replace("'-9.00", "'-9.01"));
        // When
        assertFails(
                () -> new VeApply()
                        .preview(ApplyRequest.of(fixture.base, new FactorChoice.OfFile(delta), fixture.output)),
                Reason.HASH_MISMATCH,
                "recorded is");
    }

    @Test
    void minHits_excludesCellsWithFewSamples() throws Exception {
        // Given
        Path run = fixture.run("2.0.0");
        // When
        var both = new VeApply().preview(ofRun(run).withMinHits(5));
        var front = new VeApply()
                .preview(ApplyRequest.of(fixture.base, new FactorChoice.OfRun(run, Cylinder.FRONT), fixture.output)
                        .withMinHits(4));
        // Then
        assertThat(both.count(Preview.Fate.LEFT_ALONE)).isEqualTo(50);
        assertThat(both.cells().get(0).fate()).isEqualTo(Preview.Fate.AT_CLAMP);
        assertThat(front.count(Preview.Fate.LEFT_ALONE)).isZero();
    }

    @Test
    void runWithoutAMinimum_leavesCellsBelowTenSamplesAlone() throws Exception {
        // Given 10 samples of both cylinders in the first cell, 4 in the others
        Path run = fixture.run("2.0.0");
        // When
        var usual = new VeApply().preview(ofRun(run));
        var all = new VeApply().preview(ofRun(run).withMinHits(0));
        // Then
        assertThat(usual.count(Preview.Fate.LEFT_ALONE)).isEqualTo(50);
        assertThat(all.count(Preview.Fate.LEFT_ALONE)).isZero();
    }

    @Test
    void mask_excludesCellsAndIsRecorded() throws Exception {
        // Given
        Path mask = folder.resolve("mask.csv");
        Files.writeString(
                mask,
                Files.readString(fixture.base)
                        .replaceAll(",[0-9.]+\\.[0-9]+", ",0")
                        .replaceFirst(",0", ",1"));
        // When
        var applied = new VeApply().apply(fixture.request().withMask(mask), VeFixture.NOW);
        // Then
        assertThat(applied.preview().count(Preview.Fate.AT_CLAMP)).isEqualTo(1);
        assertThat(applied.metadata().leftAlone()).hasSize(54).doesNotContain(0);
        assertThat(applied.metadata().maskSha()).isEqualTo(Sha256.hex(Files.readAllBytes(mask)));
        assertThat(new VeRollback().rollback(fixture.rollback()).restored()).isEqualTo(VeRollback.Restored.EXACT);
    }

    @Test
    void invalidRequests_failAndWriteNothing() throws Exception {
        // Given
        Path otherBins = Files.writeString(folder.resolve("other.csv"), "RPM,35\n1500,1\n");
        List<ApplyRequest> wrong = List.of(
                fixture.request().withMaxAdjustPct(12, false),
                fixture.request().withMaxAdjustPct(0, false),
                fixture.request().withMaxAdjustPct(Double.NaN, true),
                fixture.request().withMinHits(3),
                fixture.request().withMask(otherBins),
                ApplyRequest.of(otherBins, new FactorChoice.OfFile(fixture.factor), fixture.output),
                ApplyRequest.of(fixture.base, new FactorChoice.OfFile(fixture.factor), fixture.factor),
                ApplyRequest.of(fixture.base, new FactorChoice.OfFile(fixture.factor), folder),
                fixture.request().withMetadata(fixture.base),
                fixture.request().withMetadata(fixture.output));
        for (ApplyRequest request : wrong) {
            // When
            assertFails(() -> new VeApply().apply(request, VeFixture.NOW), Reason.INVALID_ARGUMENTS, "");
            // Then
            assertThat(names()).containsExactlyInAnyOrder("base.csv", "factor.csv", "other.csv");
        }
    }

    @Test
    void largeClamp_isAllowedExplicitly() throws Exception {
        // When
        Preview preview = new VeApply().preview(fixture.request().withMaxAdjustPct(12, true));
        // Then
        assertThat(preview.count(Preview.Fate.AT_CLAMP)).isZero();
    }

    @Test
    void missingFile_isNamed() {
        assertFails(
                () -> new VeApply()
                        .preview(ApplyRequest.of(
                                folder.resolve("none.csv"), new FactorChoice.OfFile(fixture.factor), fixture.output)),
                Reason.FILE_NOT_FOUND,
                "none.csv");
    }

    @Test
    void otherFileInPlaceOfTheMetadata_isNotReplaced() throws Exception {
        // Given
        Files.writeString(fixture.metadata, "{\"mine\": true}");
        // When
        assertFails(fixture::apply, Reason.INVALID_METADATA, "operation");
        // Then
        assertThat(Files.readString(fixture.metadata)).isEqualTo("{\"mine\": true}");
        assertThat(fixture.output).doesNotExist();
    }

    private ApplyRequest replayedDelta() throws Exception {
        Path delta = fixture.run("toolkit-1.2").resolve("VE_Correction_Delta_DYNO.csv");
        return ApplyRequest.of(fixture.base, new FactorChoice.OfFile(delta), fixture.output);
    }

    private ApplyRequest ofRun(Path run) {
        return ApplyRequest.of(fixture.base, new FactorChoice.OfRun(run, null), fixture.output);
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    static void assertFails(ThrowingCallable call, Reason reason, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(VeException.class, e -> {
            assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason);
            assertThat(e).hasMessageContaining(message);
        });
    }
}
