package dynoai.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.CommandLineRun;
import dynoai.app.Logs;
import dynoai.app.console.ExitCode;
import dynoai.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look at several logs or runs. */
@Tag("process")
class ManyRunsTest {
    @TempDir
    Path work;

    private Path logs;
    private Path runs;

    @BeforeEach
    void threeLogs() throws Exception {
        logs = Files.createDirectory(work.resolve("logs"));
        runs = work.resolve("runs");
        Logs.pull(logs.resolve("a.csv"));
        Logs.withoutMap(logs.resolve("b.txt"));
        Logs.pull(logs.resolve("c.log"));
        Files.writeString(logs.resolve("notes.md"), "no log");
    }

    @Test
    void batch_printsOneLinePerLogInOrderAndEndsWithTheWorstCode() throws Exception {
        // When
        var batch = CommandLineRun.of("batch", logs.toString(), "--outdir", runs.toString());
        // Then
        assertThat(batch.exitCode()).isEqualTo(ExitCode.INVALID_CSV);
        assertThat(batch.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("ok ").contains("a.csv"),
                        line -> assertThat(line).startsWith("rejected ").contains("b.txt"),
                        line -> assertThat(line).startsWith("ok ").contains("c.log"));
        assertThat(batch.err()).contains("b.txt: missing columns").doesNotContain("MB/s");
        try (Stream<Path> made = Files.list(runs)) {
            assertThat(made).hasSize(2);
        }
    }

    @Test
    void batchNewer_passesOverOlderLogsAndNamesThem() throws Exception {
        // Given
        Files.setLastModifiedTime(
                logs.resolve("b.txt"), FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        // When
        var batch = CommandLineRun.of("batch", logs.toString(), "--outdir", runs.toString(), "--newer", "7d");
        var wrong = CommandLineRun.of("batch", logs.toString(), "--newer", "week");
        // Then
        assertThat(batch.exitCode()).isZero();
        assertThat(batch.out()).contains("a.csv", "c.log").doesNotContain("b.txt");
        assertThat(batch.err()).contains("passed over, older than 7d: " + logs.resolve("b.txt"));
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(wrong.err()).contains("--newer: 'week' is not an age");
    }

    @Test
    void batch_returnsTheHighestExitCode() throws Exception {
        // Given
        Path suspect = Logs.suspect(work.resolve("suspect.csv"));
        // When
        var batch = CommandLineRun.of(
                "batch",
                "--outdir",
                runs.toString(),
                logs.toString(),
                suspect.toString(),
                work + "/none.csv",
                "--json");
        // Then
        assertThat(batch.exitCode()).isEqualTo(ExitCode.VALIDATION_ERROR);
        Map<?, ?> json = (Map<?, ?>) Json.read(batch.out().getBytes(StandardCharsets.UTF_8));
        assertThat(json.get("exit_code")).isEqualTo(4L);
        assertThat(each(json, "runs", "exit_code")).containsExactly(0L, 3L, 0L, 4L, 2L);
    }

    @Test
    void batch_rejectsInvalidOptionsBeforeTheFirstLog() {
        // When
        var batch = CommandLineRun.of("batch", logs.toString(), "--outdir", runs.toString(), "--clamp", "50");
        var jobs = CommandLineRun.of("batch", logs.toString(), "--outdir", runs.toString(), "--jobs", "0");
        // Then
        assertThat(batch.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(jobs.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(runs).doesNotExist();
    }

    @Test
    void emptyFolder_isNotFound() throws Exception {
        // Given
        Path empty = Files.createDirectory(work.resolve("empty"));
        // When
        var batch = CommandLineRun.of("batch", empty.toString());
        // Then
        assertThat(batch.exitCode()).isEqualTo(ExitCode.FILE_NOT_FOUND);
        assertThat(batch.err()).contains("*.csv");
    }

    @Test
    void preflight_printsThePlanAndWritesNothing() throws Exception {
        // Given
        List<String> before = names(work);
        // When
        var one = CommandLineRun.of("preflight", "--csv", logs.resolve("a.csv").toString());
        var both = CommandLineRun.of("preflight", logs.toString(), "--csv", "a.csv");
        var all = CommandLineRun.of("preflight", logs.toString(), "--json");
        // Then
        assertThat(one.exitCode()).isZero();
        assertThat(both.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(one.out())
                .startsWith("map  ")
                .contains("rows would be accepted", "cells covered", "'RPM'", "throttle: ");
        assertThat(all.exitCode()).isEqualTo(ExitCode.INVALID_CSV);
        Map<?, ?> json = (Map<?, ?>) Json.read(all.out().getBytes(StandardCharsets.UTF_8));
        assertThat(each(json, "logs", "ok")).containsExactly(true, false, true);
        assertThat(names(work)).isEqualTo(before);
    }

    @Test
    void preflight_withoutALog_isAnInvalidArgument() {
        assertThat(CommandLineRun.of("preflight").exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void verify_listsChangedAndMissingFiles() throws Exception {
        // Given
        Path run = analyzed("a.csv", "run");
        var whole = CommandLineRun.of("verify", run.toString());
        Files.writeString(run.resolve("Coverage_Front.csv"), "tampered");
        Files.delete(run.resolve("Timeline.csv"));
        Files.writeString(run.resolve("mine.txt"), "a note");
        // When
        var changed = CommandLineRun.of("verify", run.toString());
        // Then
        assertThat(whole.exitCode()).isZero();
        assertThat(whole.out()).contains("whole");
        assertThat(changed.exitCode()).isEqualTo(ExitCode.VALIDATION_ERROR);
        assertThat(changed.out())
                .contains("Coverage_Front.csv: has 8 bytes", "Timeline.csv: missing", "mine.txt: not listed");
    }

    @Test
    void verifyOfAFolderWithoutARun_fails() throws Exception {
        // Given
        Path odd = Files.createDirectory(work.resolve("odd"));
        Files.writeString(odd.resolve("manifest.json"), "{\"schema_id\":");
        // When
        var none = CommandLineRun.of("verify", logs.toString());
        var broken = CommandLineRun.of("verify", odd.toString());
        // Then
        assertThat(none.exitCode()).isEqualTo(ExitCode.FILE_NOT_FOUND);
        assertThat(broken.exitCode()).isEqualTo(ExitCode.VALIDATION_ERROR);
        assertThat(broken.err()).contains("not valid JSON");
    }

    @Test
    void compare_ignoresNamesAndTimes() throws Exception {
        // Given
        Path one = analyzed("a.csv", "one");
        Path other = analyzed("c.log", "other");
        // When
        var folders = CommandLineRun.of("compare", one.toString(), other.toString());
        var manifests = CommandLineRun.of("compare", one + "/manifest.json", other + "/manifest.json", "--json");
        // Then
        assertThat(folders).isEqualTo(new CommandLineRun(0, "equal\n", ""));
        assertThat(manifests.exitCode()).isZero();
        assertThat(manifests.out()).contains("\"equal\": true");
    }

    @Test
    void compare_listsOptionsAndCells() throws Exception {
        // Given
        Path one = analyzed("a.csv", "one");
        Path other = analyzed("a.csv", "other", "--rear-bias", "-2");
        // When
        var compared = CommandLineRun.of("compare", one.toString(), other.toString());
        // Then
        assertThat(compared.exitCode()).isEqualTo(ExitCode.VALIDATION_ERROR);
        assertThat(compared.out())
                .contains("args.rear_bias: 0.0 -> -2.0")
                .containsPattern("VE_Correction_Delta_Rear.csv: 3000 rpm, 80 kPa: [-0-9.]+ -> [-0-9.]+")
                .doesNotContain("run_id", "created_at", "timing");
    }

    @Test
    void determinism_holdsForALogAndForATreeOfRuns() throws Exception {
        // Given
        analyzed("a.csv", "runs/one");
        analyzed("c.log", "runs/two", "--clamp", "5", "--math-version", "1.0.0");
        // When
        var log =
                CommandLineRun.of("determinism", "--csv", logs.resolve("a.csv").toString());
        var named = CommandLineRun.of("determinism", logs.resolve("a.csv").toString());
        var tree = CommandLineRun.of("determinism", "--runs", runs.toString());
        var positional = CommandLineRun.of("determinism", runs.toString());
        var single = CommandLineRun.of(
                "determinism",
                runs.resolve("two").toString(),
                runs.resolve("one").toString());
        var both = CommandLineRun.of("determinism", runs.toString(), "--csv", "a.csv");
        // Then
        assertThat(positional).isEqualTo(tree);
        assertThat(single.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("two"),
                        line -> assertThat(line).endsWith("one"));
        assertThat(both.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(both.err()).contains("give either run folders or one log");
        assertThat(log.exitCode()).as(log.out()).isZero();
        assertThat(named).isEqualTo(log);
        assertThat(tree.exitCode()).as(tree.out()).isZero();
        assertThat(tree.out().lines()).hasSize(2).allMatch(line -> line.startsWith("equal "));
    }

    @Test
    void determinism_listsARunThatIsNotReproducible() throws Exception {
        // Given
        Path run = analyzed("a.csv", "runs/one");
        Path delta = run.resolve("VE_Correction_Delta_DYNO.csv");
        Files.writeString(delta, Files.readString(delta).replaceFirst("'\\+[0-9.]+", "'+6.66"));
        // When
        var tree = CommandLineRun.of("determinism", "--runs", runs.toString());
        // Then
        assertThat(tree.exitCode()).isEqualTo(ExitCode.VALIDATION_ERROR);
        assertThat(tree.out()).contains("NOT EQUAL", "VE_Correction_Delta_DYNO.csv: ", "6.66");
    }

    @Test
    void maxCorrection_isTheLargestCellOfATableOrARun() throws Exception {
        // Given
        Path table =
                Files.writeString(work.resolve("delta.csv"), "RPM,35,50\r\n1500,'+1.25,\r\n2000,'-3.50,'+3.49\r\n");
        Path run = analyzed("a.csv", "run");
        // When
        var ofTable = CommandLineRun.of("max-correction", table.toString());
        var ofRun = CommandLineRun.of("max-correction", run.toString(), "--json");
        // Then
        assertThat(ofTable).isEqualTo(new CommandLineRun(0, "3.5\n", ""));
        assertThat(ofRun.exitCode()).isZero();
        assertThat(ofRun.out()).contains("\"max_correction_pct\": ", "VE_Correction_Delta_DYNO.csv");
    }

    @Test
    void maxCorrectionWithoutACell_isAnError() throws Exception {
        // Given
        Path empty = Files.writeString(work.resolve("delta.csv"), "RPM,35,50\r\n1500,,\r\n");
        // Then
        assertThat(CommandLineRun.of("max-correction", empty.toString()).exitCode())
                .isEqualTo(ExitCode.VALIDATION_ERROR);
        assertThat(CommandLineRun.of("max-correction", work + "/none.csv").exitCode())
                .isEqualTo(ExitCode.FILE_NOT_FOUND);
    }

    private Path analyzed(String log, String run, String... options) {
        String[] args = new String[5 + options.length];
        List<String> begin = List.of(
                "analyze",
                "--csv",
                logs.resolve(log).toString(),
                "--outdir",
                work.resolve(run).toString());
        for (int i = 0; i < args.length; i++) {
            args[i] = i < 5 ? begin.get(i) : options[i - 5];
        }
        var analyzed = CommandLineRun.of(args);
        assertThat(analyzed.exitCode()).as(analyzed.err()).isZero();
        return work.resolve(run);
    }

    private static List<Object> each(Map<?, ?> json, String list, String field) {
        List<Object> values = new ArrayList<>();
        for (Object entry : (List<?>) json.get(list)) {
            values.add(((Map<?, ?>) entry).get(field));
        }
        return values;
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString).sorted().toList();
        }
    }
}
