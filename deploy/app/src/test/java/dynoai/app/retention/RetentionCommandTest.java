package dynoai.app.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.CommandLineRun;
import dynoai.app.CommandProcess;
import dynoai.app.console.ExitCode;
import dynoai.engine.BatchAnalysis;
import dynoai.engine.RunRequest;
import dynoai.engine.RunTarget;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.engine.stored.StoredRuns;
import dynoai.engine.stored.Verification;
import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.file.LockFile;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.option.AnalysisOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetentionCommandTest {
    private static final int KILLED = 137;

    @TempDir
    private Path temp;

    private Path policy;
    private String old;

    @BeforeEach
    void analyzeTwoLogs() throws Exception {
        policy = Files.writeString(temp.resolve("retention.yaml"), "runs: {keep_days: 30}\n");
        old = analyzed(1, 100);
        analyzed(2, 50);
    }

    private String analyzed(int seed, int days) throws Exception {
        Instant at = Instant.now().minus(Duration.ofDays(days));
        Path log = Files.write(
                temp.resolve(seed + ".csv"),
                SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, seed), 2000));
        Path folder = new BatchAnalysis(() -> at)
                .analyze(
                        new RunRequest(log, AnalysisOptions.defaults(), RunTarget.among(temp.resolve("runs")), 1),
                        bytes -> {})
                .folder();
        Files.setLastModifiedTime(folder.resolve("manifest.json"), FileTime.from(at));
        return folder.getFileName().toString();
    }

    private CommandLineRun retention(String... args) {
        return CommandLineRun.of(line(args).toArray(String[]::new));
    }

    private List<String> line(String... args) {
        List<String> line = new ArrayList<>(List.of("retention", "--policy=" + policy, "--no-drop"));
        line.add("--runs=" + temp.resolve("runs"));
        line.add("--data=" + temp.resolve("data"));
        line.addAll(List.of(args));
        return line;
    }

    @Test
    void dryRun_listsWhatGoesAndRemovesNothing() {
        // When
        CommandLineRun run = retention();
        // Then
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsPattern("run +100 +\\d+  local/default " + old + ": older than 30 days")
                .contains("kept 1: the last run of its bike")
                .containsPattern("would remove 1 of 2, \\d+ bytes");
        assertThat(run.err()).contains("--apply removes them");
        assertThat(temp.resolve("runs").resolve(old)).exists();
        assertThat(temp.resolve("data")).doesNotExist();
    }

    @Test
    void apply_removesAndRecordsEachRemoval() throws Exception {
        // When
        CommandLineRun run = retention("--apply", "--json");
        // Then
        assertThat(run.exitCode()).isZero();
        JsonTree json = new JsonTree(Json.read(run.out().getBytes(StandardCharsets.UTF_8)));
        assertThat(json.at("applied").flag()).isTrue();
        assertThat(json.at("removals").items())
                .extracting(removal -> removal.at("id").text())
                .containsExactly(old);
        assertThat(temp.resolve("runs").resolve(old)).doesNotExist();
        JsonTree audited = new JsonTree(Json.read(Files.readAllBytes(temp.resolve("data/retention/audit.jsonl"))));
        assertThat(audited.at("act").text()).isEqualTo("retention");
        assertThat(audited.at("what", "id").text()).isEqualTo(old);
        assertThat(audited.at("answer").text()).isEqualTo("older than 30 days");
    }

    @Test
    void filter_narrowsWhatGoes() {
        // When
        CommandLineRun run = retention("--shop=north");
        // Then
        assertThat(run.out()).contains("would remove 0 of 2, 0 bytes");
    }

    @Test
    void missingPolicy_isAnErrorWithAnExample() throws Exception {
        // Given
        Files.delete(policy);
        // When
        CommandLineRun run = retention();
        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.FILE_NOT_FOUND);
        assertThat(run.err()).contains("no such policy", "keep_newest: 20");
    }

    @Test
    void check_reportsEveryProblemAndReadsNoFolder() throws Exception {
        // Given
        String valid = retention("--check").out();
        Files.writeString(policy, "runs:\n  keep_day: 3\nlogs:\n  keep_days: 3\n");
        // When
        CommandLineRun run = retention("--check");
        // Then
        assertThat(valid).isEqualTo(policy + ": valid\n");
        assertThat(run.exitCode()).isEqualTo(ExitCode.VALIDATION_ERROR);
        assertThat(run.err()).contains(policy + ":2: runs.keep_day: unknown; did you mean keep_days", policy + ":4: ");
    }

    @Test
    void missingDropFolder_isAnError() {
        // When
        CommandLineRun run = CommandLineRun.of(
                "retention", "--policy=" + policy, "--runs=" + temp.resolve("runs"), "--drop=" + temp.resolve("none"));
        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.FILE_NOT_FOUND);
        assertThat(run.err()).contains("none");
    }

    @Test
    void secondCommand_isKeptOut() throws Exception {
        // Given
        Path own = Files.createDirectories(temp.resolve("data/retention"));
        // When
        CommandLineRun run;
        try (LockFile held = LockFile.acquire(own.resolve("lock"))) {
            assertThat(held).isNotNull();
            run = retention("--apply");
        }
        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.OTHER);
        assertThat(run.err()).contains("another dynoai retention is running");
        assertThat(temp.resolve("runs").resolve(old)).exists();
    }

    @ParameterizedTest
    @EnumSource(names = {"RETENTION_AFTER_RENAME", "RETENTION_MID_DELETE"})
    @DisabledOnOs(OS.WINDOWS)
    @Tag("process")
    void removalThatIsKilled_isFinishedByTheNext(CrashPoint point) throws Exception {
        // Given
        Path runs = temp.resolve("runs");
        List<String> line = line("--apply");
        try (CommandProcess killed =
                CommandProcess.start(temp, Map.of(CrashPoint.VARIABLE, point.key()), line.toArray(String[]::new))) {
            assertThat(killed.awaitEnd()).as(killed.said()).isEqualTo(KILLED);
        }
        List<Path> left = StoredRuns.foldersIn(runs);
        String dry = retention().err();
        // When
        CommandLineRun run = retention("--apply");
        // Then
        assertThat(dry).contains("interrupted removals: 1");
        assertThat(run.exitCode()).isZero();
        assertThat(left).hasSize(1);
        assertThat(runs).isDirectoryNotContaining("glob:**" + old).isDirectoryNotContaining("glob:**.removing-*");
        assertThat(Verification.of(left.get(0)).findings()).isEmpty();
        assertThat(temp.resolve("data/retention/audit.jsonl")).content().contains(old);
    }
}
