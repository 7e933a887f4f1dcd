package dynoai.exporter.ve;

import static dynoai.exporter.ve.VeApplyTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dynoai.exporter.application.ApplyMetadata;
import dynoai.exporter.ve.VeRollback.Restored;
import dynoai.exporter.ve.factor.FactorChoice;
import dynoai.exporter.ve.factor.VeException.Reason;
import dynoai.schemas.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VeRollbackTest {
    @TempDir
    private Path folder;

    private VeFixture fixture;

    @BeforeEach
    void createFixture() throws Exception {
        fixture = new VeFixture(folder);
        fixture.apply();
    }

    @Test
    void metadataTooLargeToRead_isInvalid() throws Exception {
        // Given
        Files.writeString(fixture.metadata, " ".repeat(MetadataFile.MAX_BYTES) + "{}");
        // When
        assertFails(() -> new VeRollback().preview(fixture.rollback()), Reason.INVALID_METADATA, "larger");
    }

    @Test
    void applicationsOfALargeTable_keepMetadataReadable() throws Exception {
        // Given
        List<Long> residuals = java.util.Collections.nCopies(256 * 256, -10_000_000_000_000L);
        ApplyMetadata one = new MetadataReader("metadata")
                .read(Files.readAllBytes(fixture.metadata))
                .get(0);
        ApplyMetadata large = new ApplyMetadata(
                one.baseSha(),
                one.factorSha(),
                one.outputSha(),
                one.appliedAtUtc(),
                null,
                7,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                List.of(),
                null,
                residuals);
        MetadataFile file = new MetadataFile(fixture.metadata, List.of());
        // When
        for (int i = 0; i < 9; i++) {
            file = file.with(large);
        }
        Files.write(fixture.metadata, file.bytes());
        // Then
        assertThat(MetadataFile.read(fixture.metadata).applications()).hasSizeBetween(2, 8);
    }

    @Test
    void divisionThatExceedsATable_fails() throws Exception {
        // Given metadata of another program and a factor close to -100 %
        Files.writeString(fixture.factor, "RPM,35\n1500,-99.99999999999\n");
        Files.writeString(fixture.output, "RPM,35\n1500,1000\n");
        Files.writeString(
                fixture.metadata,
                "{\"base_sha256\":\"" + "0".repeat(64) + "\",\"factor_sha256\":\""
                        + Sha256.hex(Files.readAllBytes(fixture.factor))
                        + "\",\"applied_at_utc\":\"2025-11-20T14:30:00Z\",\"max_adjust_pct\":100.0,"
                        + "\"factor_file\":\"factor.csv\"}");
        // When
        assertFails(() -> new VeRollback().preview(fixture.rollback()), Reason.INVALID_ARGUMENTS, "more than a table");
    }

    @Test
    void rollback_restoresTheBaseByteForByte() throws Exception {
        // When
        var back = new VeRollback().rollback(fixture.rollback());
        // Then
        assertThat(back.restored()).isEqualTo(Restored.EXACT);
        assertThat(back.note()).isNull();
        assertThat(fixture.restored).hasSameBinaryContentAs(fixture.base);
    }

    @Test
    void preview_writesNothing() throws Exception {
        // When
        var back = new VeRollback().preview(fixture.rollback());
        // Then
        assertThat(back.restored()).isEqualTo(Restored.EXACT);
        assertThat(fixture.restored).doesNotExist();
        assertThat(folder.resolve(".restored.csv.lock")).doesNotExist();
    }

    @Test
    void baseOfAnotherLayout_isRestoredToFourDecimals() throws Exception {
        // Given
        String lf = Files.readString(fixture.base).replace("\r\n", "\n").replace("50.0007", "50.00071");
        Files.writeString(fixture.base, lf);
        fixture.apply();
        // When
        var back = new VeRollback().rollback(fixture.rollback());
        // Then
        assertThat(back.restored()).isEqualTo(Restored.TO_4_DECIMALS);
        assertThat(back.cellsEqual()).isFalse();
        assertThat(Files.readString(fixture.restored))
                .isEqualTo(lf.replace("\n", "\r\n").replace("50.00071", "50.0007"));
    }

    @Test
    void baseThatDiffersInLineEndsOnly_hasEqualCells() throws Exception {
        // Given
        Files.writeString(
                fixture.base,
                Files.readString(fixture.base).replace("\r\n", "\n").replace(".0000", ".0"));
        fixture.apply();
        // When
        var back = new VeRollback().rollback(fixture.rollback());
        // Then
        assertThat(back.restored()).isEqualTo(Restored.TO_4_DECIMALS);
        assertThat(back.cellsEqual()).isTrue();
    }

    @Test
    void folderThatMoved_isRolledBackWithItsFactors(@TempDir Path elsewhere) throws Exception {
        // Given
        VeFixture first = new VeFixture(Files.createDirectory(folder.resolve("first")));
        first.apply();
        Path moved = Files.move(first.folder, elsewhere.resolve("moved"));
        // When
        var back = new VeRollback()
                .rollback(new RollbackRequest(
                        moved.resolve("ve.csv"), moved.resolve("ve_meta.json"), moved.resolve("restored.csv"), null));
        // Then
        assertThat(back.restored()).isEqualTo(Restored.EXACT);
        assertThat(Path.of(String.valueOf(back.metadata().factorFile()))).doesNotExist();
    }

    @Test
    void oneFlippedBitInMetadataFactorsOrTable_isAHashMismatch() throws Exception {
        for (Path file : List.of(fixture.metadata, fixture.factor, fixture.output)) {
            // When
            BitFlips.everyNthBit(
                    11,
                    file,
                    () -> assertFails(
                            () -> new VeRollback().preview(fixture.rollback()), Reason.HASH_MISMATCH, "SHA-256"));
        }
        // Then
        assertThat(new VeRollback().preview(fixture.rollback()).restored()).isEqualTo(Restored.EXACT);
    }

    @Test
    void anyFlippedBitOfMetadata_isAHashMismatch() throws Exception {
        // Given
        byte[] whole = Files.readAllBytes(fixture.metadata);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            // When
            assertFails(() -> new MetadataReader("m").read(flipped), Reason.HASH_MISMATCH, "SHA-256");
        }
        // Then
        assertThat(new MetadataReader("m").read(whole)).hasSize(1);
    }

    @Test
    void mismatch_namesBothHashesAndWritesNothing() throws Exception {
        // Given
        String recorded = Sha256.hex(Files.readAllBytes(fixture.output));
        String found = Sha256.hex("x".getBytes(StandardCharsets.UTF_8));
        Files.writeString(fixture.output, "x");
        // When
        assertFails(
                () -> new VeRollback().rollback(fixture.rollback()),
                Reason.HASH_MISMATCH,
                "its SHA-256 is " + found + ", recorded is " + recorded);
        // Then
        assertThat(fixture.restored).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{}",
                "{\"operation\": \"apply\"}",
                "{\"operation\": \"rollback\", \"base_sha\": \"A\", \"factor_sha\": \"A\", \"applied_at_utc\": \"t\", \"max_adjust_pct\": 7}",
                "{\"operation\": \"apply\", \"base_sha\": \"12\", \"factor_sha\": \"A\", \"applied_at_utc\": \"t\", \"max_adjust_pct\": 7}",
                "{\"operation\": \"apply\", \"base_sha\": \"A\", \"applied_at_utc\": \"t\", \"max_adjust_pct\": 7}",
                "{\"operation\": \"apply\", \"base_sha\": \"A\", \"factor_sha\": \"A\", \"max_adjust_pct\": 7}",
                "{\"operation\": \"apply\", \"base_sha\": \"A\", \"factor_sha\": \"A\", \"applied_at_utc\": \"t\", \"max_adjust_pct\": -7}",
                "{\"operation\": \"apply\", \"base_sha\": \"A\", \"factor_sha\": \"A\", \"applied_at_utc\": \"t\", \"max_adjust_pct\": \"7\"}",
                "{\"operation\": \"apply\", \"base_sha\": \"A\", \"factor_sha\": \"A\", \"applied_at_utc\": \"t\", \"max_adjust_pct\": 7}"
            })
    void badMetadata_isInvalid(String json) throws Exception {
        // Given
        Files.writeString(fixture.metadata, json.replace("\"A\"", "\"" + "a".repeat(64) + "\""));
        // When
        assertFails(() -> new VeRollback().rollback(fixture.rollback()), Reason.INVALID_METADATA, "metadata");
        // Then
        assertThat(fixture.restored).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "256"})
    void metadataOfAnotherProgram_isRolledBackByDivision(String ending) throws Exception {
        // Given
        String baseSha = Sha256.hex(Files.readAllBytes(fixture.base));
        String factorSha = Sha256.hex(Files.readAllBytes(fixture.factor)).toUpperCase(java.util.Locale.ROOT);
        Files.writeString(
                fixture.metadata,
                "{\"operation\": \"apply\", \"base_sha%s\": \"%s\", \"factor_sha%s\": \"%s\", \"applied_at_utc\": \"t\", \"max_adjust_pct\": 7.0, \"factor_file\": \"factor.csv\"}"
                        .formatted(ending, baseSha, ending, factorSha));
        // When
        var back = new VeRollback().rollback(fixture.rollback());
        // Then
        assertThat(back.restored()).isEqualTo(Restored.DIVIDED);
        assertThat(back.note()).contains("output_sha");
        assertThat(back.table().at(0)).isCloseTo(50.0007, org.assertj.core.api.Assertions.within(0.00011));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.csv", "sub/../../outside.csv", "/etc/passwd", "link.csv", "ABSOLUTE"})
    void pathInMetadataToAnotherFolder_fails(String path, @TempDir Path outsideFolder) throws Exception {
        // Given
        Path outside = Files.copy(fixture.factor, outsideFolder.resolve("outside.csv"));
        Files.createSymbolicLink(folder.resolve("link.csv"), outside);
        String written = path.equals("ABSOLUTE") ? outside.toString() : path;
        Files.writeString(
                fixture.metadata,
                "{\"operation\": \"apply\", \"base_sha\": \"%s\", \"factor_sha\": \"%s\", \"applied_at_utc\": \"t\", \"max_adjust_pct\": 7.0, \"factor_file\": \"%s\"}"
                        .formatted("a".repeat(64), Sha256.hex(Files.readAllBytes(fixture.factor)), written));
        // When
        assertFails(
                () -> new VeRollback().rollback(fixture.rollback()), Reason.INVALID_METADATA, "outside the folders");
        // Then
        assertThat(fixture.restored).doesNotExist();
    }

    @Test
    void factorsInAnotherFolder_mustBeNamedByTheOperator(@TempDir Path outsideFolder) throws Exception {
        // Given
        var applied = applyFactorsOf(outsideFolder);
        // When
        assertFails(() -> new VeRollback().rollback(fixture.rollback()), Reason.INVALID_METADATA, "--factor FILE");
        // Then
        assertThat(applied.note()).contains("--factor");
    }

    @Test
    void factorsInAnotherFolder_areUsedWhenNamed(@TempDir Path outsideFolder) throws Exception {
        // Given
        applyFactorsOf(outsideFolder);
        var request =
                new RollbackRequest(fixture.output, fixture.metadata, fixture.restored, outsideFolder.resolve("f.csv"));
        // When
        var back = new VeRollback().rollback(request);
        // Then
        assertThat(back.restored()).isEqualTo(Restored.EXACT);
    }

    private VeApply.Applied applyFactorsOf(Path outsideFolder) throws Exception {
        Path factor = Files.move(fixture.factor, outsideFolder.resolve("f.csv"));
        return new VeApply()
                .apply(ApplyRequest.of(fixture.base, new FactorChoice.OfFile(factor), fixture.output), VeFixture.NOW);
    }

    @Test
    void applicationsInPlace_areOneHistory() throws Exception {
        // Given
        applyTwiceInPlace();
        // When
        var chain = VeHistory.of(List.of(fixture.output)).get(0);
        // Then
        assertThat(chain.steps().stream().map(step -> step.application().maxAdjustPct()))
                .containsExactly(2.0, 3.0, 7.0);
        assertThat(chain.originSha()).isEqualTo(Sha256.hex(Files.readAllBytes(fixture.base)));
    }

    @Test
    void applicationsInPlace_areRolledBackOneByOne() throws Exception {
        // Given
        List<byte[]> tables = applyTwiceInPlace();
        RollbackRequest inPlace = new RollbackRequest(fixture.output, fixture.metadata, fixture.output, null);
        // When
        List<byte[]> restored = new ArrayList<>();
        for (int step = 0; step < 3; step++) {
            new VeRollback().rollback(inPlace);
            restored.add(Files.readAllBytes(fixture.output));
        }
        // Then
        assertThat(restored).containsExactly(tables.get(1), tables.get(0), Files.readAllBytes(fixture.base));
    }

    /** Returns the tables before the first and before the second application. */
    private List<byte[]> applyTwiceInPlace() throws Exception {
        ApplyRequest inPlace = ApplyRequest.of(fixture.output, new FactorChoice.OfFile(fixture.factor), fixture.output);
        byte[] first = Files.readAllBytes(fixture.output);
        new VeApply().apply(inPlace.withMaxAdjustPct(3, false), VeFixture.NOW.plusSeconds(60));
        byte[] second = Files.readAllBytes(fixture.output);
        new VeApply().apply(inPlace.withMaxAdjustPct(2, false), VeFixture.NOW.plusSeconds(120));
        return List.of(first, second);
    }

    @Test
    void applicationsFromFileToFile_formOneHistory() throws Exception {
        // Given
        Path next = folder.resolve("next.csv");
        new VeApply()
                .apply(
                        ApplyRequest.of(fixture.output, new FactorChoice.OfFile(fixture.factor), next),
                        VeFixture.NOW.plusSeconds(60));
        // When
        var chains = VeHistory.of(List.of(next, fixture.metadata));
        // Then
        assertThat(chains.get(0).steps()).hasSize(2);
        assertThat(chains.get(1).steps()).hasSize(1);
        assertThat(chains.get(0).originSha()).isEqualTo(chains.get(1).originSha());
    }
}
