package dynoai.exporter.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.exporter.SampleRun;
import dynoai.exporter.manifest.Manifest;
import dynoai.schemas.file.ContentPath;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogFormat;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.record.RunFailure;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.record.RunStarted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run's folder: made once, found again, never put over another's. */
class RunDeliveryTest {
    private static final String RUN = "2026-03-04T05-06-07Z-0a1b2c";
    private static final byte[] LOG = "rpm,map,torque\n3000,80,70\n".getBytes(UTF_8);

    @TempDir
    Path temp;

    private final List<String> reused = new ArrayList<>();
    private Path runs;
    private Path store;
    private RunDelivery delivery;

    @BeforeEach
    void fillStore() throws Exception {
        runs = Files.createDirectory(temp.resolve("runs"));
        store = Files.createDirectory(temp.resolve("store"));
        keep(LOG);
        ExporterEvents events = new ExporterEvents() {
            @Override
            public void runFolderReused(String runId) {
                reused.add(runId);
            }
        };
        delivery = delivery(events, false);
    }

    private RunDelivery delivery(ExporterEvents events, boolean apart) throws IOException {
        ExporterSettings settings = new ExporterSettings(runs, store, Map.of(), "test", 1, apart);
        StaleTempFolders leftOvers = StaleTempFolders.sweep(runs, "test");
        return new RunDelivery(settings, new SharedStore(settings), leftOvers, events, Clock.systemUTC());
    }

    private RunResult deliver(RunOutcome outcome) throws TransientFailure {
        return delivery.deliver(outcome).orElseThrow();
    }

    private void keep(byte[] bytes) throws Exception {
        Path file = ContentPath.of(store, Sha256.hex(bytes));
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static RunOutcome.Completed completed(String shop, byte[] log, Map<String, String> options, int attempt)
            throws Exception {
        Random seeded = new Random(9);
        RunStarted started = new RunStarted(
                RUN,
                shop,
                "default",
                "pull.csv",
                "pull.csv",
                Sha256.hex(log),
                log.length,
                new LogDescription(
                        LogFormat.WINPEP,
                        "UTF-8",
                        "comma",
                        List.of("rpm", "map", "torque"),
                        List.of(new LogDescription.Source(Channel.RPM, "column", "rpm")),
                        true,
                        true,
                        false,
                        List.of(),
                        List.of()),
                AnalysisOptions.of(options).toTexts(),
                Map.of(),
                1_772_600_767_000L);
        return new RunOutcome.Completed(
                new RunKey(shop, RUN),
                attempt,
                started,
                new SampleRun()
                        .corr(SampleRun.random(seeded, 1, 12), SampleRun.random(seeded, 1, 12))
                        .grids());
    }

    @Test
    void completedRun_hasItsFolderAndResult() throws Exception {
        // When
        RunResult result = deliver(completed("local", LOG, Map.of(), 1));
        // Then
        assertThat(result.ok()).isTrue();
        assertThat(result.folder()).isEqualTo(RUN);
        assertThat(runs.resolve(RUN).resolve("data.csv")).hasBinaryContent(LOG);
        Manifest manifest = Manifest.read(Files.readAllBytes(runs.resolve(RUN).resolve(Manifest.FILE)));
        assertThat(result.fingerprint()).isEqualTo(manifest.fingerprint());
    }

    @Test
    void runOfAnotherShop_liesBelowItsShop() throws Exception {
        // When
        RunResult result = deliver(completed("north", LOG, Map.of(), 1));
        // Then
        assertThat(result.folder()).isEqualTo("north/" + RUN);
        assertThat(runs.resolve("north").resolve(RUN).resolve(Manifest.FILE)).exists();
    }

    @Test
    void sameRunAgain_isFoundAndToldAgainWithoutBeingWritten() throws Exception {
        // Given
        RunResult first = deliver(completed("local", LOG, Map.of(), 1));
        byte[] manifest = Files.readAllBytes(runs.resolve(RUN).resolve(Manifest.FILE));
        // When
        RunResult again = deliver(completed("local", LOG, Map.of(), 2));
        // Then
        assertThat(reused).containsExactly(RUN);
        assertThat(again.ok()).isTrue();
        assertThat(again.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(runs.resolve(RUN).resolve(Manifest.FILE)).hasBinaryContent(manifest);
    }

    @Test
    void sameRunIdWithOtherOptions_isAConflictAndTouchesNothing() throws Exception {
        // Given
        deliver(completed("local", LOG, Map.of(), 1));
        byte[] manifest = Files.readAllBytes(runs.resolve(RUN).resolve(Manifest.FILE));
        // When
        RunResult other = deliver(completed("local", LOG, Map.of("clamp", "12"), 1));
        // Then
        assertThat(other.ok()).isFalse();
        assertThat(other.code()).isEqualTo("RUN_ID_CONFLICT");
        assertThat(runs.resolve(RUN).resolve(Manifest.FILE)).hasBinaryContent(manifest);
    }

    @Test
    void folderChangedByHand_isNotToldAsWhole() throws Exception {
        // Given
        deliver(completed("local", LOG, Map.of(), 1));
        Files.writeString(runs.resolve(RUN).resolve("Timeline.csv"), "changed");
        // When
        RunResult again = deliver(completed("local", LOG, Map.of(), 2));
        // Then
        assertThat(again.code()).isEqualTo("RUN_FOLDER_CHANGED");
        assertThat(runs.resolve(RUN).resolve("Timeline.csv")).hasContent("changed");
    }

    @Test
    void failedAttempt_leavesAManifestThatALaterAttemptReplaces() throws Exception {
        // Given
        RunOutcome.Completed run = completed("local", LOG, Map.of(), 2);
        RunResult failed = deliver(new RunOutcome.Failed(
                run.key(), 1, Optional.of(run.started()), RunFailure.BLOCKS_MISSING, "block 3 is missing", 0, 7));
        assertThat(failed.ok()).isFalse();
        assertThat(failed.code()).isEqualTo("BLOCKS_MISSING");
        assertThat(Manifest.read(Files.readAllBytes(runs.resolve(RUN).resolve(Manifest.FILE)))
                        .ok())
                .isFalse();
        // When
        RunResult result = deliver(run);
        // Then
        assertThat(result.ok()).isTrue();
        assertThat(Manifest.read(Files.readAllBytes(runs.resolve(RUN).resolve(Manifest.FILE)))
                        .ok())
                .isTrue();
    }

    @Test
    void logMissingFromTheStore_failsTheRunAndSaysSo() throws Exception {
        // Given
        byte[] unknown = "rpm,map,torque\n1,2,3\n".getBytes(UTF_8);
        // When
        RunResult result = deliver(completed("local", unknown, Map.of(), 1));
        // Then
        assertThat(result.ok()).isFalse();
        assertThat(result.code()).isEqualTo("EXPORT_FAILED");
    }

    @Test
    void logMissingFromAStoreThatNeverHeldOne_isAnObstacleUntilItHasHeldOne() throws Exception {
        // Given
        RunDelivery apart = delivery(ExporterEvents.NONE, true);
        RunOutcome missing = completed("local", "rpm,map,torque\n1,2,3\n".getBytes(UTF_8), Map.of(), 1);
        // When
        var delivered = assertThatThrownBy(() -> apart.deliver(missing));
        apart.deliver(completed("north", LOG, Map.of(), 1));
        Optional<RunResult> afterwards = apart.deliver(missing);
        // Then
        delivered.isInstanceOf(TransientFailure.class).hasMessageContaining("is it the one of the ingest?");
        assertThat(afterwards).map(RunResult::ok).contains(false);
    }

    @Test
    void storeGone_isAnObstacleAndNoFailure() throws Exception {
        // Given
        Files.move(store, temp.resolve("away"));
        // When
        var delivered = assertThatThrownBy(() -> deliver(completed("local", LOG, Map.of(), 1)));
        // Then
        delivered.isInstanceOf(TransientFailure.class).hasMessageContaining("is not there");
        Files.move(temp.resolve("away"), store);
        assertThat(deliver(completed("local", LOG, Map.of(), 1)).ok()).isTrue();
    }

    @Test
    void leftOversOfThisInstance_areRemovedAndThoseOfOthersStay() throws Exception {
        // Given
        Files.createDirectories(runs.resolve(".tmp-test-" + RUN).resolve("inner"));
        Files.createDirectories(runs.resolve("north").resolve(".tmp-test-" + RUN));
        Files.createDirectories(runs.resolve(".tmp-other-" + RUN));
        // When
        StaleTempFolders.sweep(runs, "test");
        // Then
        assertThat(runs.resolve(".tmp-test-" + RUN)).doesNotExist();
        assertThat(runs.resolve("north").resolve(".tmp-test-" + RUN)).doesNotExist();
        assertThat(runs.resolve(".tmp-other-" + RUN)).exists();
    }

    @Test
    void leftOversOfOthers_areRemovedWhenTheirRunIsThere() throws Exception {
        // Given
        Files.createDirectories(runs.resolve(".tmp-other-" + RUN).resolve("inner"));
        Files.createDirectories(runs.resolve(".tmp-other-" + RUN + "2"));
        Files.createDirectories(runs.resolve("north").resolve(".tmp-other-" + RUN));
        delivery = delivery(ExporterEvents.NONE, false);
        // When
        deliver(completed("local", LOG, Map.of(), 1));
        // Then
        assertThat(runs.resolve(".tmp-other-" + RUN)).doesNotExist();
        assertThat(runs.resolve(".tmp-other-" + RUN + "2")).exists();
        assertThat(runs.resolve("north").resolve(".tmp-other-" + RUN)).exists();
    }

    @Test
    void failureThatNamesNothingButTheRun_changesNoFolderThatIsThere() throws Exception {
        // Given
        RunOutcome.Completed run = completed("local", LOG, Map.of(), 1);
        deliver(run);
        // When
        Optional<RunResult> ofDone = delivery.deliver(withoutStart(run.key()));
        Optional<RunResult> ofUnknown = delivery.deliver(withoutStart(new RunKey("local", "unknown")));
        // Then
        assertThat(ofDone).isEmpty();
        assertThat(ofUnknown).map(RunResult::code).contains("BLOCKS_MISSING");
        assertThat(deliver(run).ok()).isTrue();
    }

    private static RunOutcome withoutStart(RunKey key) {
        return new RunOutcome.Failed(key, 2, Optional.empty(), RunFailure.BLOCKS_MISSING, "no start", 0, 7);
    }
}
