package dynoai.exporter.ve;

import static dynoai.exporter.ve.VeApplyTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dynoai.exporter.ve.VeException.Reason;
import dynoai.schemas.file.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("process")
class TableCommitTest {
    private static final int HALTED = 77;

    @TempDir
    private Path folder;

    private VeFixture shop;

    @BeforeEach
    void open() throws Exception {
        shop = new VeFixture(folder);
    }

    /** Applies the factors to the table in place and dies after a step; without a step it applies or is refused. */
    static final class Child {
        public static void main(String[] args) throws Exception {
            Path table = Path.of(args[0]);
            VeApply apply = new VeApply((step, file) -> {
                if (args.length > 2 && step == CommitStep.valueOf(args[2])) {
                    Runtime.getRuntime().halt(HALTED);
                }
            });
            try {
                apply.apply(
                        ApplyRequest.of(table, new FactorChoice.OfFile(Path.of(args[1])), table)
                                .withMaxAdjustPct(3, false),
                        VeFixture.NOW);
            } catch (VeException refused) {
                System.exit(10 + refused.reason().ordinal());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CommitStep.class)
    void killDuringApply_leavesATableWithItsMetadata(CommitStep step) throws Exception {
        // Given
        shop.apply();
        byte[] before = Files.readAllBytes(shop.output);
        // When
        int exit = child(step.name());
        // Then
        assertThat(exit).isEqualTo(HALTED);
        byte[] after = Files.readAllBytes(shop.output);
        assertThat(after).isEqualTo(step == CommitStep.TABLE_IN_PLACE ? Files.readAllBytes(shop.output) : before);
        assertThat(java.util.Arrays.equals(after, before)).isEqualTo(step != CommitStep.TABLE_IN_PLACE);
        assertThat(new VeRollback().rollback(shop.rollback()).restored()).isEqualTo(VeRollback.Restored.EXACT);
        assertThat(child()).as("the next apply").isZero();
        assertThat(VeHistory.of(List.of(shop.output)).get(0).originSha())
                .isEqualTo(Sha256.hex(Files.readAllBytes(shop.base)));
    }

    @Test
    void concurrentApplyToOneOutput_isRefusedAndNotInterleaved() throws Exception {
        // Given
        shop.apply();
        List<Integer> exits = new ArrayList<>();
        List<Throwable> refusals = new ArrayList<>();
        VeApply first = new VeApply((step, file) -> {
            try {
                shop.apply();
            } catch (Exception busy) {
                refusals.add(busy);
            }
            exits.add(child());
        });
        // When
        first.apply(shop.request().withMaxAdjustPct(5, false), VeFixture.NOW);
        // Then
        assertThat(refusals).hasSize(3).allSatisfy(busy -> assertRefused(() -> throwIt(busy), Reason.BUSY, "ve.csv"));
        assertThat(exits).containsOnly(10 + Reason.BUSY.ordinal()).hasSize(3);
        assertThat(new VeRollback().rollback(shop.rollback()).metadata().maxAdjustPct())
                .isEqualTo(5);
    }

    @Test
    void applyingInTurn_leavesNoTemporaryFile() throws Exception {
        // When
        shop.apply();
        new VeRollback().rollback(shop.rollback());
        // Then
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "base.csv",
                            "factor.csv",
                            "ve.csv",
                            "ve_meta.json",
                            "restored.csv",
                            ".ve.csv.lock",
                            ".ve_meta.json.lock",
                            ".restored.csv.lock");
        }
    }

    private static void throwIt(Throwable failure) throws Throwable {
        throw failure;
    }

    private int child(String... step) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                shop.output.toString(),
                shop.factor.toString()));
        command.addAll(List.of(step));
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } catch (java.io.IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
