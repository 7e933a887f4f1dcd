package dynoai.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.CommandLineRun;
import dynoai.app.console.ExitCode;
import dynoai.engine.BatchAnalysis;
import dynoai.engine.RunRequest;
import dynoai.engine.RunTarget;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.engine.session.SessionMarks;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.schemas.json.Json;
import dynoai.schemas.option.AnalysisOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionCommandsTest {
    private static final Instant NINE = Instant.parse("2026-03-01T09:00:00Z");

    @TempDir
    private Path temp;

    private Path runs;
    private String first;
    private String second;

    @BeforeEach
    void analyzeTwoLogs() throws Exception {
        runs = temp.resolve("runs");
        first = analyzed("first.csv", 1, NINE);
        second = analyzed("second.csv", 2, NINE.plusSeconds(600));
    }

    private String analyzed(String name, int seed, Instant at) throws Exception {
        Path log = Files.write(
                temp.resolve(name), SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, seed), 2000));
        return new BatchAnalysis(() -> at)
                .analyze(new RunRequest(log, AnalysisOptions.defaults(), RunTarget.among(runs), 1), bytes -> {})
                .runId();
    }

    private CommandLineRun session(String... args) {
        List<String> line = new ArrayList<>(List.of("session"));
        line.addAll(List.of(args));
        line.add("--runs=" + runs);
        return CommandLineRun.of(line.toArray(String[]::new));
    }

    @Test
    void list_namesTheSessionsOfABike() throws Exception {
        // When
        var list = session("list");
        var json = session("list", "local", "--json");
        var other = session("list", "north");
        // Then
        assertThat(list.out()).isEqualTo("local/default  " + first + "  2 runs, begun 2026-03-01T09:00:00Z, current\n");
        Map<?, ?> read = (Map<?, ?>) Json.read(json.out().getBytes(StandardCharsets.UTF_8));
        assertThat((List<?>) read.get("sessions")).hasSize(1);
        assertThat(other.out()).isEmpty();
        assertThat(other.err()).contains("no successful run of north");
    }

    @Test
    void show_saysWhatWasAppliedAndWhatToRide() {
        // Given
        session("applied", first);
        // When
        var show = session("show", "local/default");
        var none = session("show", "north/bay-1");
        // Then
        assertThat(show.exitCode()).as(show.err()).isZero();
        assertThat(show.out())
                .contains("Session    " + first + " of local/default, current")
                .containsPattern("Run +" + first + " .*; applied\n")
                .containsPattern("Run +" + second + " .*; not applied\n")
                .contains("Coverage   front ", "Ride next  ");
        assertThat(none.exitCode()).isEqualTo(ExitCode.FILE_NOT_FOUND);
    }

    @Test
    void undo_takesTheMarkBack() {
        // Given
        session("applied", runs.resolve(first).toString());
        // When
        var undone = session("applied", first, "--undo");
        // Then
        assertThat(undone.out()).isEqualTo(first + ": not applied\n");
        assertThat(session("show", first).out()).doesNotContain("; applied");
    }

    @Test
    void note_isKept_andALongOneIsRefused() throws Exception {
        // When
        var noted = session("note", first, "new exhaust");
        var tooLong = session("note", first, "x".repeat(1001));
        // Then
        assertThat(noted.out()).isEqualTo(first + ": noted\n");
        assertThat(tooLong.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(SessionMarks.of(runs).notes(first))
                .singleElement()
                .satisfies(note -> assertThat(note.text()).isEqualTo("new exhaust"));
    }

    @Test
    void newSession_isEmptyUntilTheNextRun() {
        // When
        var begun = session("new", "local/default");
        // Then
        assertThat(begun.exitCode()).isZero();
        assertThat(session("list").out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains(first, "2 runs").doesNotContain("current"),
                        line -> assertThat(line).contains("no run yet").endsWith(", current"));
        assertThat(session("show", "local/default").out()).contains("not ridden yet", "No cell has a sample");
        assertThat(session("new", "default").exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void map_isARunFolderThatVeApplyTakes() throws Exception {
        // Given
        Path base = Files.write(temp.resolve("ve.csv"), baseTable());
        // When
        var map = session("map", first);
        // Then
        assertThat(map.exitCode()).as(map.err()).isZero();
        assertThat(map.out()).contains("4000 rows", "VE_Delta_Front_PasteReady.txt");
        Path folder = runs.resolve(".sessions").resolve(first + "-map");
        Manifest manifest = ManifestReader.read(folder);
        assertThat(manifest.fields("session").get("runs").toString()).contains(first, second);
        assertThat(CommandLineRun.of("verify", folder.toString()).exitCode()).isZero();
        var applied = CommandLineRun.of(
                "ve", "apply", base.toString(), "--run", folder.toString(), "--output", temp.resolve("n.csv") + "");
        assertThat(applied.err()).contains("Marked as applied in its session: " + first + ", " + second);
        assertThat(session("show", first).out()).doesNotContain("not applied");
        assertThat(CommandLineRun.of("report", "--from=20260301", "--to=20260301", "--json", "--runs=" + runs)
                        .out())
                .doesNotContain("-map");
    }

    @Test
    void mapOfFolders_doesNotDependOnTheirOrder() throws Exception {
        // Given
        String a = runs.resolve(first).toString();
        String b = runs.resolve(second).toString();
        // When
        var one = session("map", a, b, "--output", temp.resolve("one").toString());
        var two = session("map", b, a, "--output", temp.resolve("two").toString());
        var nowhere = session("map", a, b);
        // Then
        assertThat(List.of(one.exitCode(), two.exitCode())).containsOnly(0);
        assertThat(temp.resolve("two/manifest.json")).hasSameBinaryContentAs(temp.resolve("one/manifest.json"));
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    private static byte[] baseTable() {
        StringBuilder table = new StringBuilder("RPM,35,50,65,80,95\r\n");
        for (int rpm = 1500; rpm <= 6500; rpm += 500) {
            table.append(rpm).append(",80,80,80,80,80\r\n");
        }
        return table.toString().getBytes(StandardCharsets.UTF_8);
    }
}
