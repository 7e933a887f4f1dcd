package dynoai.exporter.ve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.exporter.table.VeTable;
import dynoai.exporter.ve.VeException.Reason;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.grid.Cylinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VeApplyTest {
    @TempDir
    private Path folder;

    private VeFixture shop;

    @BeforeEach
    void open() throws Exception {
        shop = new VeFixture(folder);
    }

    @Test
    void linkToAnInvertedDelta_isRefusedAsTheDeltaIs() throws Exception {
        // Given
        Path delta = shop.run("toolkit-1.2").resolve("VE_Correction_Delta_DYNO.csv");
        Path link = Files.createSymbolicLink(folder.resolve("factors_of_today.csv"), delta);
        // When
        assertRefused(
                () -> new VeApply().preview(ApplyRequest.of(shop.base, new FactorChoice.OfFile(link), shop.output)),
                Reason.INVALID_ARGUMENTS,
                "inverted");
    }

    @Test
    void runFolder_staysAsItIs() throws Exception {
        // Given
        Path run = shop.run("2.0.0");
        Path coverage = run.resolve("Coverage_Front.csv");
        FactorChoice delta = new FactorChoice.OfFile(run.resolve("VE_Correction_Delta_DYNO.csv"));
        byte[] before = Files.readAllBytes(coverage);
        // When
        assertRefused(
                () -> new VeApply().apply(ApplyRequest.of(shop.base, delta, coverage), VeFixture.NOW),
                Reason.INVALID_ARGUMENTS,
                "must not change");
        assertRefused(
                () -> new VeApply().apply(ofRun(run).withMetadata(run.resolve("ve_meta.json")), VeFixture.NOW),
                Reason.INVALID_ARGUMENTS,
                "must not change");
        // Then
        assertThat(Files.readAllBytes(coverage)).isEqualTo(before);
        assertThat(run.resolve("ve_meta.json")).doesNotExist();
    }

    @Test
    void furtherFile_neverReplacesOneOfTheApplication() throws Exception {
        // Given
        VeApply apply = new VeApply();
        // When
        for (Path taken : List.of(shop.base, shop.factor, shop.output, shop.metadata)) {
            assertRefused(() -> apply.pathFor(shop.request(), taken), Reason.INVALID_ARGUMENTS, "would replace");
        }
        // Then
        assertThat(apply.pathFor(shop.request(), folder.resolve("preview.html")).getFileName())
                .hasToString("preview.html");
    }

    @Test
    void apply_multipliesByTheClampedFactor() throws Exception {
        // When
        var applied = shop.apply();
        // Then
        VeTable table = VeTable.read("ve.csv", Files.readAllBytes(shop.output));
        assertThat(table.at(0)).isEqualTo(46.5007);
        assertThat(table.at(3)).isEqualTo(52.3764);
        assertThat(applied.preview().cells().get(0).fate()).isEqualTo(Preview.Fate.AT_CLAMP);
        assertThat(applied.preview().cells().get(3).fate()).isEqualTo(Preview.Fate.UNCHANGED);
        assertThat(applied.note()).isNull();
    }

    @Test
    void metadata_tellsEverythingNeededToGoBack() throws Exception {
        // When
        shop.apply();
        // Then
        assertThat(Files.readString(shop.metadata))
                .contains("\"operation\" : \"apply\"")
                .contains("\"base_sha\" : \"" + Sha256.hex(Files.readAllBytes(shop.base)) + "\"")
                .contains("\"factor_sha\" : \"" + Sha256.hex(Files.readAllBytes(shop.factor)) + "\"")
                .contains("\"output_sha\" : \"" + Sha256.hex(Files.readAllBytes(shop.output)) + "\"")
                .contains("\"applied_at_utc\" : \"2026-01-02T03:04:05.678Z\"")
                .contains("\"max_adjust_pct\" : 7.0")
                .contains("\"base_file\" : \"base.csv\"")
                .contains("\"factor_file\" : \"factor.csv\"")
                .contains("\"output_file\" : \"ve.csv\"")
                .contains("\"residuals\" : [")
                .doesNotContain("math_version");
    }

    @Test
    void preview_writesNothing() throws Exception {
        // When
        var preview = new VeApply().preview(shop.request());
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
    void runFolder_bringsItsMathVersionAndIsVerified() throws Exception {
        // Given
        Path run = shop.run("2.0.0");
        // When
        var applied = new VeApply().apply(ofRun(run), VeFixture.NOW);
        // Then
        assertThat(applied.metadata().mathVersion()).isEqualTo("2.0.0");
        assertThat(applied.metadata().runId()).isEqualTo("2026-01-02T03-04-05Z-abcdef");
        assertThat(applied.metadata().factorFile())
                .isEqualTo("runs/2026-01-02T03-04-05Z-abcdef/VE_Correction_Delta_DYNO.csv");
    }

    @Test
    void runOfTheReplayVersion_isRefusedUnlessAccepted() throws Exception {
        // Given
        Path run = shop.run("toolkit-1.2");
        ApplyRequest byFile = ApplyRequest.of(
                shop.base, new FactorChoice.OfFile(run.resolve("VE_Correction_Delta_DYNO.csv")), shop.output);
        // When
        assertRefused(() -> new VeApply().apply(ofRun(run), VeFixture.NOW), Reason.INVALID_ARGUMENTS, "inverted");
        // Then
        assertRefused(() -> new VeApply().apply(byFile, VeFixture.NOW), Reason.INVALID_ARGUMENTS, "inverted");
        assertThat(names()).containsExactlyInAnyOrder("base.csv", "factor.csv", "runs");
        assertThat(new VeApply()
                        .apply(byFile.withAcceptInvertedSign(true), VeFixture.NOW)
                        .metadata()
                        .mathVersion())
                .isEqualTo("toolkit-1.2");
    }

    @Test
    void errorMapOfARun_isNotATableOfFactors() throws Exception {
        // Given
        Path map = shop.run("2.0.0").resolve("AFR_Error_Map_Front.csv");
        // When
        assertRefused(
                () -> new VeApply()
                        .apply(ApplyRequest.of(shop.base, new FactorChoice.OfFile(map), shop.output), VeFixture.NOW),
                Reason.INVALID_ARGUMENTS,
                "not a table of factors");
    }

    @Test
    void oneFlippedBitInARun_isRefused() throws Exception {
        // Given
        Path run = shop.run("2.0.0");
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
                    () -> assertRefused(
                            () -> new VeApply().preview(ofRun(run).withMinHits(1)), Reason.HASH_MISMATCH, "SHA-256"));
        }
        // Then
        assertThat(new VeApply().preview(ofRun(run).withMinHits(1)).cells()).hasSize(55);
    }

    @Test
    void factorsChangedAfterTheirRun_areRefused() throws Exception {
        // Given
        Path delta = shop.run("2.0.0").resolve("VE_Correction_Delta_DYNO.csv");
        Files.writeString(delta, Files.readString(delta).replace("'-9.00", "'-9.01"));
        // When
        assertRefused(
                () -> new VeApply().preview(ApplyRequest.of(shop.base, new FactorChoice.OfFile(delta), shop.output)),
                Reason.HASH_MISMATCH,
                "recorded is");
    }

    @Test
    void minHits_leavesThinCellsAlone() throws Exception {
        // Given
        Path run = shop.run("2.0.0");
        // When
        var both = new VeApply().preview(ofRun(run).withMinHits(5));
        var front = new VeApply()
                .preview(ApplyRequest.of(shop.base, new FactorChoice.OfRun(run, Cylinder.FRONT), shop.output)
                        .withMinHits(4));
        // Then
        assertThat(both.count(Preview.Fate.LEFT_ALONE)).isEqualTo(50);
        assertThat(both.cells().get(0).fate()).isEqualTo(Preview.Fate.AT_CLAMP);
        assertThat(front.count(Preview.Fate.LEFT_ALONE)).isZero();
    }

    @Test
    void mask_restrictsWhatChangesAndIsRecorded() throws Exception {
        // Given
        Path mask = folder.resolve("mask.csv");
        Files.writeString(
                mask,
                Files.readString(shop.base)
                        .replaceAll(",[0-9.]+\\.[0-9]+", ",0")
                        .replaceFirst(",0", ",1"));
        // When
        var applied = new VeApply().apply(shop.request().withMask(mask), VeFixture.NOW);
        // Then
        assertThat(applied.preview().count(Preview.Fate.AT_CLAMP)).isEqualTo(1);
        assertThat(applied.metadata().leftAlone()).hasSize(54).doesNotContain(0);
        assertThat(applied.metadata().maskSha()).isEqualTo(Sha256.hex(Files.readAllBytes(mask)));
        assertThat(new VeRollback().rollback(shop.rollback()).restored()).isEqualTo(VeRollback.Restored.EXACT);
    }

    @Test
    void requestsThatMakeNoSense_areRefusedAndWriteNothing() throws Exception {
        // Given
        Path otherBins = Files.writeString(folder.resolve("other.csv"), "RPM,35\n1500,1\n");
        List<ApplyRequest> wrong = List.of(
                shop.request().withMaxAdjustPct(12, false),
                shop.request().withMaxAdjustPct(0, false),
                shop.request().withMaxAdjustPct(Double.NaN, true),
                shop.request().withMinHits(3),
                shop.request().withMask(otherBins),
                ApplyRequest.of(otherBins, new FactorChoice.OfFile(shop.factor), shop.output),
                ApplyRequest.of(shop.base, new FactorChoice.OfFile(shop.factor), shop.factor),
                ApplyRequest.of(shop.base, new FactorChoice.OfFile(shop.factor), folder),
                shop.request().withMetadata(shop.base),
                shop.request().withMetadata(shop.output));
        for (ApplyRequest request : wrong) {
            // When
            assertRefused(() -> new VeApply().apply(request, VeFixture.NOW), Reason.INVALID_ARGUMENTS, "");
            // Then
            assertThat(names()).containsExactlyInAnyOrder("base.csv", "factor.csv", "other.csv");
        }
        assertThat(new VeApply()
                        .preview(shop.request().withMaxAdjustPct(12, true))
                        .count(Preview.Fate.AT_CLAMP))
                .isZero();
    }

    @Test
    void missingFile_isSaid() {
        assertRefused(
                () -> new VeApply()
                        .preview(ApplyRequest.of(
                                folder.resolve("none.csv"), new FactorChoice.OfFile(shop.factor), shop.output)),
                Reason.FILE_NOT_FOUND,
                "none.csv");
    }

    @Test
    void otherFileInTheMetadatasPlace_isNotReplaced() throws Exception {
        // Given
        Files.writeString(shop.metadata, "{\"mine\": true}");
        // When
        assertRefused(shop::apply, Reason.INVALID_METADATA, "operation");
        // Then
        assertThat(Files.readString(shop.metadata)).isEqualTo("{\"mine\": true}");
        assertThat(shop.output).doesNotExist();
    }

    private ApplyRequest ofRun(Path run) {
        return ApplyRequest.of(shop.base, new FactorChoice.OfRun(run, null), shop.output);
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    static void assertRefused(ThrowingCallable call, Reason reason, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(VeException.class, refused -> {
            assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(reason);
            assertThat(refused).hasMessageContaining(message);
        });
    }
}
