package dynoai.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.engine.BatchAnalysis;
import dynoai.engine.RunRequest;
import dynoai.engine.RunTarget;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionMapTest {
    private static final Instant BEGAN = Instant.parse("2026-03-01T09:00:00Z");

    @TempDir
    private Path temp;

    private final List<SessionRun> runs = new ArrayList<>();

    private SessionRun run(Path log, AnalysisOptions options) throws Exception {
        Instant started = BEGAN.plusSeconds(600L * runs.size());
        Path folder = temp.resolve("runs/north/run-" + runs.size());
        new BatchAnalysis(() -> started)
                .analyze(new RunRequest(log, options, RunTarget.exactly(folder), 1), bytes -> {});
        SessionRun run = new SessionRun(
                folder, new Place("north", "bay-1", "flhx"), "run-" + runs.size(), started.toEpochMilli());
        runs.add(run);
        return run;
    }

    private Path log(String name, int seed, int rows) throws IOException {
        return Files.write(
                temp.resolve(name), SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, seed), rows));
    }

    /** Returns the rows of both logs below one header. */
    private Path joined(Path first, Path second) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(first, StandardCharsets.UTF_8));
        lines.addAll(Files.readAllLines(second, StandardCharsets.UTF_8)
                .subList(1, Files.readAllLines(second).size()));
        return Files.write(temp.resolve("joined.csv"), lines);
    }

    private static Map<String, String> bytesIn(Path folder) throws IOException {
        Map<String, String> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes.put(
                        file.getFileName().toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return bytes;
    }

    @Test
    void map_isThatOfAllRowsInOneLog() throws Exception {
        // Given
        Path first = log("first.csv", 1, 3000);
        Path second = log("second.csv", 2, 900);
        run(first, AnalysisOptions.defaults());
        run(second, AnalysisOptions.defaults());
        Path whole = temp.resolve("whole");
        BatchAnalysis.ofSystemTime()
                .analyze(
                        new RunRequest(joined(first, second), AnalysisOptions.defaults(), RunTarget.exactly(whole), 1),
                        bytes -> {});
        Path map = temp.resolve("map");
        // When
        Manifest manifest = SessionMap.write(runs, map);
        // Then
        for (GridFile grid : GridFile.values()) {
            if (Files.exists(grid.in(whole))) {
                assertThat(grid.in(map)).as(grid.file()).hasSameBinaryContentAs(grid.in(whole));
            }
        }
        assertThat(manifest.whole("stats", "rows_read")).isEqualTo(3900);
        assertThat(ManifestReader.read(map).hasRightFingerprint()).isTrue();
        assertThat(map.resolve("data.csv")).doesNotExist();
    }

    @Test
    void map_hasTheSameBytesInAnyOrderOfRuns() throws Exception {
        // Given
        run(log("first.csv", 1, 2000), AnalysisOptions.defaults());
        run(log("second.csv", 2, 2000), AnalysisOptions.defaults());
        run(log("third.csv", 3, 2000), AnalysisOptions.defaults().with(Option.CLAMP, "9"));
        Path map = temp.resolve("map");
        Path other = temp.resolve("other");
        SessionMap.write(runs, map);
        // When
        SessionMap.write(List.of(runs.get(2), runs.get(0), runs.get(1), runs.get(0)), other);
        // Then
        assertThat(bytesIn(other)).isEqualTo(bytesIn(map));
        assertThat(ManifestReader.read(map).number("args", "clamp")).isEqualTo(9);
    }

    @Test
    void logWithTwoRuns_countsOnce() throws Exception {
        // Given
        Path log = log("first.csv", 1, 2000);
        run(log, AnalysisOptions.defaults());
        run(log, AnalysisOptions.defaults().with(Option.CLAMP, "9"));
        Path map = temp.resolve("map");
        // When
        Manifest manifest = SessionMap.write(runs, map);
        // Then
        assertThat(GridFile.DELTA_FRONT.in(map))
                .hasSameBinaryContentAs(GridFile.DELTA_FRONT.in(runs.get(1).folder()));
        assertThat(manifest.fields("session").get("runs").toString()).contains("counted=false", "counted=true");
        assertThat(manifest.text("session", "bike")).isEqualTo("flhx");
    }

    @Test
    void changedLog_isRejected() throws Exception {
        // Given
        SessionRun run = run(log("first.csv", 1, 2000), AnalysisOptions.defaults());
        Files.writeString(run.folder().resolve("data.csv"), "RPM\n");
        Path map = temp.resolve("map");
        // When
        var rejected = assertThatThrownBy(() -> SessionMap.write(runs, map));
        // Then
        rejected.isInstanceOf(InvalidRunFolderException.class).hasMessageContaining("was changed since the run");
        assertThat(map).doesNotExist();
    }

    @Test
    void anotherValidLogInTheRunFolder_isRejected() throws Exception {
        // Given
        SessionRun run = run(log("first.csv", 1, 2000), AnalysisOptions.defaults());
        Files.copy(log("other.csv", 2, 2000), run.folder().resolve("data.csv"), StandardCopyOption.REPLACE_EXISTING);
        Path map = temp.resolve("map");
        // When
        var rejected = assertThatThrownBy(() -> SessionMap.write(runs, map));
        // Then
        rejected.isInstanceOf(InvalidRunFolderException.class).hasMessageContaining("was changed since the run");
        assertThat(map).doesNotExist();
    }
}
