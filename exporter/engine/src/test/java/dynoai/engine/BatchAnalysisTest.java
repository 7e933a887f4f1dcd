package dynoai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.engine.stored.Comparison;
import dynoai.engine.stored.Verification;
import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.exporter.table.InvalidTableException;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchAnalysisTest {
    private static final AnalysisOptions DEFAULTS = AnalysisOptions.defaults();
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final BatchAnalysis analysis = new BatchAnalysis(InstantSource.fixed(NOON));

    @TempDir
    Path work;

    @Test
    void leanPull_raisesOnlyItsOwnCell() throws Exception {
        // Given
        Path log = new LogText().rows(20, 3000, 80, 13.2, 13.8).in(work, "lean.csv");
        // When
        PublishedRun report = analyze(log, DEFAULTS, RunTarget.among(work.resolve("runs")));
        // Then
        assertThat(Files.readString(report.folder().resolve("VE_Correction_Delta_DYNO.csv")))
                .contains("\r\n3000,,,,'+4.55,\r\n")
                .containsOnlyOnce("'");
    }

    @Test
    void run_isNamedByItsTimeAndKeepsTheLogsBytes() throws Exception {
        // Given
        Path log = LogText.pull(3000).in(work, "pull.csv");
        // When
        PublishedRun report = analyze(log, DEFAULTS, RunTarget.among(work.resolve("runs")));
        // Then
        assertThat(report.runId()).startsWith("2026-03-01T12-00-00Z-").matches(RunId::isValid);
        assertThat(report.folder()).isEqualTo(work.resolve("runs").resolve(report.runId()));
        assertThat(report.folder().resolve("data.csv")).hasSameBinaryContentAs(log);
        assertThat(report.analysis().input().sha256()).isEqualTo(Sha256.hex(log));
        assertThat(Verification.of(report.folder()).isWhole()).isTrue();
    }

    @Test
    void oneThreadAndTwo_giveTheSameBytes() throws Exception {
        // Given
        Path log = LogText.pull(20_000).in(work, "pull.csv");
        // When
        analysis.analyze(new RunRequest(log, DEFAULTS, RunTarget.exactly(work.resolve("one")), 1), bytes -> {});
        analysis.analyze(new RunRequest(log, DEFAULTS, RunTarget.exactly(work.resolve("two")), 2), bytes -> {});
        // Then
        assertThat(Comparison.of(work.resolve("one"), work.resolve("two")).differences())
                .isEmpty();
    }

    @Test
    void everyByteOfTheLog_isReported() throws Exception {
        // Given
        Path log = LogText.pull(5000).in(work, "pull.csv");
        AtomicLong seen = new AtomicLong();
        // When
        analysis.analyze(new RunRequest(log, DEFAULTS, RunTarget.among(work), 2), seen::addAndGet);
        // Then
        assertThat(seen).hasValue(Files.size(log));
    }

    @Test
    void rejectedLog_leavesNoFolder() throws Exception {
        // Given
        Path log = Files.writeString(work.resolve("no-map.csv"), "RPM,Torque\n3000,80\n");
        Path runs = work.resolve("runs");
        // Then
        assertThatThrownBy(() -> analyze(log, DEFAULTS, RunTarget.among(runs)))
                .isInstanceOf(LogRejectedException.class)
                .hasMessageContaining("no-map.csv");
        assertThat(runs).doesNotExist();
    }

    @Test
    void missingLog_isNotFound() {
        assertThatThrownBy(() -> analyze(work.resolve("none.csv"), DEFAULTS, RunTarget.among(work)))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> analyze(work, DEFAULTS, RunTarget.among(work)))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("is a folder");
    }

    @Test
    void logThatGrowsWhileRead_isAnError() throws Exception {
        // Given
        Path log = LogText.pull(5000).in(work, "pull.csv");
        Path runs = work.resolve("runs");
        // When
        var analyzing = assertThatThrownBy(
                () -> analysis.analyze(new RunRequest(log, DEFAULTS, RunTarget.among(runs), 1), bytes -> append(log)));
        // Then
        analyzing.isInstanceOf(LogChangedException.class).hasMessageContaining("changed while it was read");
        assertThat(namesIn(runs)).isEmpty();
    }

    @Test
    void baseTableWithOtherBins_isRejectedBeforeAFolderExists() throws Exception {
        // Given
        Path log = LogText.pull(100).in(work, "pull.csv");
        Path base = Files.writeString(work.resolve("base.csv"), "RPM,35,50\r\n1500,80.0,81.0\r\n");
        AnalysisOptions options = AnalysisOptions.of(Map.of("base_front", base.toString()));
        // Then
        assertThatThrownBy(() -> analyze(log, options, RunTarget.among(work.resolve("runs"))))
                .isInstanceOf(InvalidTableException.class);
        assertThat(work.resolve("runs")).doesNotExist();
    }

    @Test
    void targetWithForeignFiles_isRejectedAndUnchanged() throws Exception {
        // Given
        Path log = LogText.pull(100).in(work, "pull.csv");
        Path target = Files.createDirectory(work.resolve("notes"));
        Files.writeString(target.resolve("notes.txt"), "mine");
        // Then
        assertThatThrownBy(() -> analyze(log, DEFAULTS, RunTarget.exactly(target)))
                .isInstanceOf(RunFolderOccupiedException.class);
        assertThat(namesIn(target)).containsExactly("notes.txt");
    }

    @Test
    void earlierRun_isReplacedAsAWhole() throws Exception {
        // Given
        Path target = work.resolve("run");
        PublishedRun first = analyze(LogText.pull(100).in(work, "a.csv"), DEFAULTS, RunTarget.exactly(target));
        // When
        PublishedRun second = analyze(LogText.pull(200).in(work, "b.csv"), DEFAULTS, RunTarget.exactly(target));
        // Then
        assertThat(namesIn(target))
                .contains(second.runId() + ".manifest.json")
                .doesNotContain(first.runId() + ".manifest.json");
        assertThat(Verification.of(target).isWhole()).isTrue();
        assertThat(Verification.of(target).unlisted()).isEmpty();
    }

    @Test
    void numberChangedInBothManifests_isFound() throws Exception {
        // Given
        PublishedRun report = analyze(LogText.pull(100).in(work, "a.csv"), DEFAULTS, RunTarget.among(work));
        for (String name : List.of("manifest.json", report.runId() + ".manifest.json")) {
            Path manifest = report.folder().resolve(name);
            Files.writeString(manifest, Files.readString(manifest).replace("\"rows_read\": 100", "\"rows_read\": 99"));
        }
        // When
        Verification found = Verification.of(report.folder());
        // Then
        assertThat(found.findings()).extracting(Verification.Finding::file).containsExactly("manifest.json");
    }

    @Test
    void failureAfterReading_leavesTheLogAndAManifest() throws Exception {
        // Given
        Path log = LogText.pull(100).in(work, "pull.csv");
        Path target = work.resolve("run");
        AtomicInteger asked = new AtomicInteger();
        BatchAnalysis failing = new BatchAnalysis(() -> {
            if (asked.incrementAndGet() == 2) {
                throw new IllegalStateException("no time");
            }
            return NOON;
        });
        // When
        var analyzing = assertThatThrownBy(
                () -> failing.analyze(new RunRequest(log, DEFAULTS, RunTarget.exactly(target), 1), bytes -> {}));
        // Then
        analyzing.isInstanceOf(RunFailedException.class).hasMessageContaining("no time");
        assertThat(target.resolve("data.csv")).hasSameBinaryContentAs(log);
        assertThat(namesIn(target)).hasSize(3);
        Verification left = Verification.of(target);
        assertThat(left.isWhole()).isTrue();
        assertThat(left.runOk()).isFalse();
        assertThat(left.checked()).isEqualTo(1);
    }

    @Test
    void batch_keepsTheOrderAndContinuesAfterARejection() throws Exception {
        // Given
        Path good = LogText.pull(3000).in(work, "good.csv");
        Path refused = Files.writeString(work.resolve("empty.csv"), "");
        List<RunRequest> requests = Stream.of(good, refused, work.resolve("none.csv"), good)
                .map(log -> new RunRequest(log, DEFAULTS, RunTarget.among(work.resolve("runs")), 1))
                .toList();
        Ended ended = new Ended();
        // When
        List<LogResult> outcomes = new BatchRun(analysis, 3).run(requests, ended);
        // Then
        assertThat(outcomes).extracting(LogResult::log).containsExactly(good, refused, work.resolve("none.csv"), good);
        assertThat(outcomes)
                .extracting(outcome -> outcome instanceof LogResult.Analyzed)
                .containsExactly(true, false, false, true);
        assertThat(ended.outcomes).isEqualTo(outcomes);
        assertThat(namesIn(work.resolve("runs"))).hasSize(2);
    }

    @Test
    void interruptedBatch_leavesNoPartialRun() throws Exception {
        // Given
        Path log = LogText.pull(40_000).in(work, "pull.csv");
        Path runs = work.resolve("runs");
        List<RunRequest> requests = Stream.generate(() -> new RunRequest(log, DEFAULTS, RunTarget.among(runs), 1))
                .limit(200)
                .toList();
        Thread batch = Thread.currentThread();
        BatchEvents interruptsAtOnce = new Ended() {
            @Override
            public void bytesRead(long bytes) {
                batch.interrupt();
            }
        };
        // When
        var running = assertThatThrownBy(() -> new BatchRun(analysis, 2).run(requests, interruptsAtOnce));
        // Then
        running.isInstanceOf(InterruptedException.class);
        assertThat(namesIn(runs)).hasSizeLessThan(200).allMatch(name -> !name.startsWith("."));
        for (String run : namesIn(runs)) {
            assertThat(Verification.of(runs.resolve(run)).isWhole()).isTrue();
        }
    }

    private PublishedRun analyze(Path log, AnalysisOptions options, RunTarget target) throws Exception {
        return analysis.analyze(new RunRequest(log, options, target, 2), bytes -> {});
    }

    private static void append(Path log) {
        try {
            Files.writeString(log, "9,9,9\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> namesIn(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static class Ended implements BatchEvents {
        final List<LogResult> outcomes = new java.util.ArrayList<>();

        @Override
        public void bytesRead(long bytes) {}

        @Override
        public void ended(LogResult outcome) {
            outcomes.add(outcome);
        }
    }
}
