package dynoai.exporter.ve;

import static dynoai.exporter.ve.VeApplyTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dynoai.exporter.ve.factor.FactorChoice;
import dynoai.exporter.ve.factor.VeException;
import dynoai.exporter.ve.factor.VeException.Reason;
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

    private VeFixture fixture;

    @BeforeEach
    void createFixture() throws Exception {
        fixture = new VeFixture(folder);
    }

    /** Applies the factors in place and halts after a step; without a step it applies or fails. */
    static final class Child {
        public static void main(String[] args) throws Exception {
            Path table = Path.of(args[0]);
            VeApply apply = new VeApply((step, file) -> {
                if (args.length > 2 && step == CommitProgress.Step.valueOf(args[2])) {
                    Runtime.getRuntime().halt(HALTED);
                }
            });
            try {
                apply.apply(
                        ApplyRequest.of(table, new FactorChoice.OfFile(Path.of(args[1])), table)
                                .withMaxAdjustPct(3, false),
                        VeFixture.NOW);
            } catch (VeException e) {
                System.exit(10 + e.reason().ordinal());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CommitProgress.Step.class)
    void killDuringApply_leavesATableWithItsMetadata(CommitProgress.Step step) throws Exception {
        // Given
        fixture.apply();
        byte[] before = Files.readAllBytes(fixture.output);
        // When
        int exit = child(step.name());
        // Then
        assertThat(exit).isEqualTo(HALTED);
        byte[] after = Files.readAllBytes(fixture.output);
        assertThat(after)
                .isEqualTo(step == CommitProgress.Step.TABLE_IN_PLACE ? Files.readAllBytes(fixture.output) : before);
        assertThat(java.util.Arrays.equals(after, before)).isEqualTo(step != CommitProgress.Step.TABLE_IN_PLACE);
        assertThat(new VeRollback().rollback(fixture.rollback()).restored()).isEqualTo(VeRollback.Restored.EXACT);
        assertThat(child()).as("the next apply").isZero();
        assertThat(VeHistory.of(List.of(fixture.output)).get(0).originSha())
                .isEqualTo(Sha256.hex(Files.readAllBytes(fixture.base)));
    }

    @Test
    void concurrentApplyToOneOutput_failsAndIsNotInterleaved() throws Exception {
        // Given
        fixture.apply();
        List<Integer> exits = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        VeApply first = new VeApply((step, file) -> {
            try {
                fixture.apply();
            } catch (Exception busy) {
                failures.add(busy);
            }
            exits.add(child());
        });
        // When
        first.apply(fixture.request().withMaxAdjustPct(5, false), VeFixture.NOW);
        // Then
        assertThat(failures).hasSize(3).allSatisfy(busy -> assertFails(() -> rethrow(busy), Reason.BUSY, "ve.csv"));
        assertThat(exits).containsOnly(10 + Reason.BUSY.ordinal()).hasSize(3);
        assertThat(new VeRollback().rollback(fixture.rollback()).metadata().maxAdjustPct())
                .isEqualTo(5);
    }

    @Test
    void repeatedApply_leavesNoTemporaryFiles() throws Exception {
        // When
        fixture.apply();
        new VeRollback().rollback(fixture.rollback());
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

    private static void rethrow(Throwable failure) throws Throwable {
        throw failure;
    }

    private int child(String... step) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                fixture.output.toString(),
                fixture.factor.toString()));
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
