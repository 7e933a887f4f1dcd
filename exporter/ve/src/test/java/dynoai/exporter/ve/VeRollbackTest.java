package dynoai.exporter.ve;

import static dynoai.exporter.ve.VeApplyTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dynoai.exporter.ve.VeException.Reason;
import dynoai.exporter.ve.VeRollback.Restored;
import dynoai.schemas.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VeRollbackTest {
    @TempDir
    private Path folder;

    private VeFixture shop;

    @BeforeEach
    void open() throws Exception {
        shop = new VeFixture(folder);
        shop.apply();
    }

    @Test
    void metadataTooLargeToRead_isInvalid() throws Exception {
        // Given
        Files.writeString(shop.metadata, " ".repeat(MetadataFile.MAX_BYTES) + "{}");
        // When
        assertRefused(() -> new VeRollback().preview(shop.rollback()), Reason.INVALID_METADATA, "larger");
    }

    @Test
    void applicationsOfALargeTable_neverMakeMetadataThatCannotBeReadBack() throws Exception {
        // Given
        List<Long> residuals = java.util.Collections.nCopies(256 * 256, -10_000_000_000_000L);
        ApplyMetadata one = new MetadataReader("metadata")
                .read(Files.readAllBytes(shop.metadata))
                .get(0);
        ApplyMetadata large = new ApplyMetadata(
                one.baseSha(),
                one.factorSha(),
                one.outputSha(),
                one.appliedAtUtc(),
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
                0,
                List.of(),
                residuals);
        MetadataFile file = new MetadataFile(shop.metadata, List.of());
        // When
        for (int i = 0; i < 9; i++) {
            file = file.with(large);
        }
        Files.write(shop.metadata, file.bytes());
        // Then
        assertThat(MetadataFile.read(shop.metadata).applications()).hasSizeBetween(2, 8);
    }

    @Test
    void divisionThatBurstsATable_isRefused() throws Exception {
        // Given metadata from elsewhere and a factor that leaves almost nothing
        Files.writeString(shop.factor, "RPM,35\n1500,-99.99999999999\n");
        Files.writeString(shop.output, "RPM,35\n1500,1000\n");
        Files.writeString(
                shop.metadata,
                "{\"base_sha256\":\"" + "0".repeat(64) + "\",\"factor_sha256\":\""
                        + Sha256.hex(Files.readAllBytes(shop.factor))
                        + "\",\"applied_at_utc\":\"2025-11-20T14:30:00Z\",\"max_adjust_pct\":100.0,"
                        + "\"factor_file\":\"factor.csv\"}");
        // When
        assertRefused(() -> new VeRollback().preview(shop.rollback()), Reason.INVALID_ARGUMENTS, "more than a table");
    }

    @Test
    void rollback_restoresTheBaseByteForByte() throws Exception {
        // When
        var back = new VeRollback().rollback(shop.rollback());
        // Then
        assertThat(back.restored()).isEqualTo(Restored.EXACT);
        assertThat(back.note()).isNull();
        assertThat(shop.restored).hasSameBinaryContentAs(shop.base);
    }

    @Test
    void preview_writesNothing() throws Exception {
        // When
        var back = new VeRollback().preview(shop.rollback());
        // Then
        assertThat(back.restored()).isEqualTo(Restored.EXACT);
        assertThat(shop.restored).doesNotExist();
        assertThat(folder.resolve(".restored.csv.lock")).doesNotExist();
    }

    @Test
    void baseOfAnotherLayout_isRestoredToFourDecimals() throws Exception {
        // Given
        String lf = Files.readString(shop.base).replace("\r\n", "\n").replace("50.0007", "50.00071");
        Files.writeString(shop.base, lf);
        shop.apply();
        // When
        var back = new VeRollback().rollback(shop.rollback());
        // Then
        assertThat(back.restored()).isEqualTo(Restored.TO_4_DECIMALS);
        assertThat(Files.readString(shop.restored))
                .isEqualTo(lf.replace("\n", "\r\n").replace("50.00071", "50.0007"));
    }

    @Test
    void oneFlippedBitInMetadataFactorsOrTable_isRefusedByItsHash() throws Exception {
        for (Path file : List.of(shop.metadata, shop.factor, shop.output)) {
            // When
            BitFlips.everyNthBit(
                    11,
                    file,
                    () -> assertRefused(
                            () -> new VeRollback().preview(shop.rollback()), Reason.HASH_MISMATCH, "SHA-256"));
        }
        // Then
        assertThat(new VeRollback().preview(shop.rollback()).restored()).isEqualTo(Restored.EXACT);
    }

    @Test
    void anyFlippedBitOfMetadata_breaksItsSeal() throws Exception {
        // Given
        byte[] whole = Files.readAllBytes(shop.metadata);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            // When
            assertRefused(() -> new MetadataReader("m").read(flipped), Reason.HASH_MISMATCH, "SHA-256");
        }
        // Then
        assertThat(new MetadataReader("m").read(whole)).hasSize(1);
    }

    @Test
    void mismatch_namesBothHashesAndWritesNothing() throws Exception {
        // Given
        String sha = Sha256.hex(Files.readAllBytes(shop.output));
        Files.writeString(shop.output, "x");
        // When
        assertRefused(() -> new VeRollback().rollback(shop.rollback()), Reason.HASH_MISMATCH, sha);
        // Then
        assertRefused(
                () -> new VeRollback().rollback(shop.rollback()),
                Reason.HASH_MISMATCH,
                Sha256.hex("x".getBytes(StandardCharsets.UTF_8)));
        assertThat(shop.restored).doesNotExist();
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
        Files.writeString(shop.metadata, json.replace("\"A\"", "\"" + "a".repeat(64) + "\""));
        // When
        assertRefused(() -> new VeRollback().rollback(shop.rollback()), Reason.INVALID_METADATA, "metadata");
        // Then
        assertThat(shop.restored).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "256"})
    void metadataOfAnotherProgram_isDividedAndSaysSo(String ending) throws Exception {
        // Given
        String baseSha = Sha256.hex(Files.readAllBytes(shop.base));
        String factorSha = Sha256.hex(Files.readAllBytes(shop.factor)).toUpperCase(java.util.Locale.ROOT);
        Files.writeString(
                shop.metadata,
                "{\"operation\": \"apply\", \"base_sha%s\": \"%s\", \"factor_sha%s\": \"%s\", \"applied_at_utc\": \"t\", \"max_adjust_pct\": 7.0, \"factor_file\": \"factor.csv\"}"
                        .formatted(ending, baseSha, ending, factorSha));
        // When
        var back = new VeRollback().rollback(shop.rollback());
        // Then
        assertThat(back.restored()).isEqualTo(Restored.DIVIDED);
        assertThat(back.note()).contains("output_sha");
        assertThat(back.table().at(0)).isCloseTo(50.0007, org.assertj.core.api.Assertions.within(0.00011));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.csv", "sub/../../outside.csv", "/etc/passwd", "link.csv", "ABSOLUTE"})
    void pathInMetadataThatLeadsOutside_isRefused(String path, @TempDir Path elsewhere) throws Exception {
        // Given
        Path outside = Files.copy(shop.factor, elsewhere.resolve("outside.csv"));
        Files.createSymbolicLink(folder.resolve("link.csv"), outside);
        String written = path.equals("ABSOLUTE") ? outside.toString() : path;
        Files.writeString(
                shop.metadata,
                "{\"operation\": \"apply\", \"base_sha\": \"%s\", \"factor_sha\": \"%s\", \"applied_at_utc\": \"t\", \"max_adjust_pct\": 7.0, \"factor_file\": \"%s\"}"
                        .formatted("a".repeat(64), Sha256.hex(Files.readAllBytes(shop.factor)), written));
        // When
        assertRefused(() -> new VeRollback().rollback(shop.rollback()), Reason.INVALID_METADATA, "outside the folders");
        // Then
        assertThat(shop.restored).doesNotExist();
    }

    @Test
    void factorsElsewhere_areTakenWhenTheOperatorNamesThem(@TempDir Path elsewhere) throws Exception {
        // Given
        Path factor = Files.move(shop.factor, elsewhere.resolve("f.csv"));
        var applied = new VeApply()
                .apply(ApplyRequest.of(shop.base, new FactorChoice.OfFile(factor), shop.output), VeFixture.NOW);
        // When
        assertRefused(() -> new VeRollback().rollback(shop.rollback()), Reason.INVALID_METADATA, "outside the folders");
        var back = new VeRollback().rollback(new RollbackRequest(shop.output, shop.metadata, shop.restored, factor));
        // Then
        assertThat(applied.note()).contains("--factor");
        assertThat(back.restored()).isEqualTo(Restored.EXACT);
    }

    @Test
    void applicationsInPlace_goBackOneByOneAndShowTheirHistory() throws Exception {
        // Given
        byte[] first = Files.readAllBytes(shop.output);
        ApplyRequest inPlace = ApplyRequest.of(shop.output, new FactorChoice.OfFile(shop.factor), shop.output);
        new VeApply().apply(inPlace.withMaxAdjustPct(3, false), VeFixture.NOW.plusSeconds(60));
        byte[] second = Files.readAllBytes(shop.output);
        new VeApply().apply(inPlace.withMaxAdjustPct(2, false), VeFixture.NOW.plusSeconds(120));
        // When
        var chain = VeHistory.of(List.of(shop.output)).get(0);
        RollbackRequest back = new RollbackRequest(shop.output, shop.metadata, shop.output, null);
        // Then
        assertThat(chain.steps().stream().map(step -> step.application().maxAdjustPct()))
                .containsExactly(2.0, 3.0, 7.0);
        assertThat(chain.originSha()).isEqualTo(Sha256.hex(Files.readAllBytes(shop.base)));
        new VeRollback().rollback(back);
        assertThat(shop.output).hasBinaryContent(second);
        new VeRollback().rollback(back);
        assertThat(shop.output).hasBinaryContent(first);
        new VeRollback().rollback(back);
        assertThat(shop.output).hasSameBinaryContentAs(shop.base);
    }

    @Test
    void applicationsFromFileToFile_areOneHistory() throws Exception {
        // Given
        Path next = folder.resolve("next.csv");
        new VeApply()
                .apply(
                        ApplyRequest.of(shop.output, new FactorChoice.OfFile(shop.factor), next),
                        VeFixture.NOW.plusSeconds(60));
        // When
        var chains = VeHistory.of(List.of(next, shop.metadata));
        // Then
        assertThat(chains.get(0).steps()).hasSize(2);
        assertThat(chains.get(1).steps()).hasSize(1);
        assertThat(chains.get(0).originSha()).isEqualTo(chains.get(1).originSha());
    }
}
