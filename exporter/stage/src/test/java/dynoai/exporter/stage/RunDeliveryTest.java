package dynoai.exporter.stage;

import static dynoai.exporter.stage.ExportFixture.LOG;
import static dynoai.exporter.stage.ExportFixture.LOG_NOT_IN_STORE;
import static dynoai.exporter.stage.ExportFixture.RUN;
import static dynoai.exporter.stage.ExportFixture.completed;
import static dynoai.exporter.stage.ExportFixture.failedWithoutStart;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.schemas.file.ContentPath;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.run.FailureCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One run's folder: published once, reused afterwards, never put in place of another run's. */
class RunDeliveryTest {
    @TempDir
    Path temp;

    private final List<String> reused = new ArrayList<>();
    private final List<String> retried = new ArrayList<>();
    private final List<String> warned = new ArrayList<>();
    private ExportFixture fixture;
    private RunDelivery delivery;

    @BeforeEach
    void createDelivery() throws Exception {
        fixture = new ExportFixture(temp);
        delivery = fixture.delivery(new ExporterEvents() {
            @Override
            public void runFolderReused(String runId) {
                reused.add(runId);
            }

            @Override
            public void transientFailure(String where, Exception cause) {
                retried.add(where);
            }

            @Override
            public void warning(String where, String message) {
                warned.add(where + ": " + message);
            }
        });
    }

    private RunResult deliver(RunOutcome outcome) throws TransientFailureException {
        return delivery.deliver(outcome).orElseThrow();
    }

    @Test
    void completedRun_isPublishedAsAFolderAndAResult() throws Exception {
        // When
        RunResult result = deliver(completed());
        // Then
        assertThat(result.ok()).isTrue();
        assertThat(result.folder()).isEqualTo(RUN);
        assertThat(fixture.folder().resolve("data.csv")).hasBinaryContent(LOG);
        assertThat(result.fingerprint()).isEqualTo(fixture.manifest().fingerprint());
    }

    @Test
    void runOfAShop_isPublishedInTheShopsFolder() throws Exception {
        // When
        RunResult result = deliver(completed("north", LOG, Map.of(), 1));
        // Then
        assertThat(result.folder()).isEqualTo("north/" + RUN);
        assertThat(fixture.runs.resolve("north").resolve(RUN).resolve(RunFolderLayout.MANIFEST))
                .exists();
    }

    @Test
    void repeatedRun_reusesItsFolderWithoutWriting() throws Exception {
        // Given
        RunResult first = deliver(completed());
        byte[] manifest = Files.readAllBytes(fixture.folder().resolve(RunFolderLayout.MANIFEST));
        // When
        RunResult again = deliver(completed("local", LOG, Map.of(), 2));
        // Then
        assertThat(reused).containsExactly(RUN);
        assertThat(again.ok()).isTrue();
        assertThat(again.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(fixture.folder().resolve(RunFolderLayout.MANIFEST)).hasBinaryContent(manifest);
    }

    @Test
    void sameRunIdWithOtherOptions_isAConflictAndLeavesTheFolderUnchanged() throws Exception {
        // Given
        deliver(completed());
        byte[] manifest = Files.readAllBytes(fixture.folder().resolve(RunFolderLayout.MANIFEST));
        // When
        RunResult other = deliver(completed("local", LOG, Map.of("clamp", "12"), 1));
        // Then
        assertThat(other.ok()).isFalse();
        assertThat(other.code()).isEqualTo("RUN_ID_CONFLICT");
        assertThat(fixture.folder().resolve(RunFolderLayout.MANIFEST)).hasBinaryContent(manifest);
    }

    @Test
    void folderChangedByHand_isReportedAndLeftUnchanged() throws Exception {
        // Given
        deliver(completed());
        Files.writeString(fixture.folder().resolve("Timeline.csv"), "changed");
        // When
        RunResult again = deliver(completed("local", LOG, Map.of(), 2));
        // Then
        assertThat(again.code()).isEqualTo("RUN_FOLDER_CHANGED");
        assertThat(fixture.folder().resolve("Timeline.csv")).hasContent("changed");
    }

    @Test
    void failedAttempt_writesAFolderWithAManifest() throws Exception {
        // Given
        RunOutcome.Completed run = completed();
        // When
        RunResult failed = deliver(failed(run));
        // Then
        assertThat(failed.ok()).isFalse();
        assertThat(failed.code()).isEqualTo("BLOCKS_MISSING");
        assertThat(fixture.manifest().ok()).isFalse();
    }

    @Test
    void laterAttempt_replacesTheFolderOfAFailedOne() throws Exception {
        // Given
        RunOutcome.Completed run = completed("local", LOG, Map.of(), 2);
        deliver(failed(run));
        // When
        RunResult result = deliver(run);
        // Then
        assertThat(result.ok()).isTrue();
        assertThat(fixture.manifest().ok()).isTrue();
    }

    @Test
    void changedLogInTheStore_failsTheRunAfterThreeTries() throws Exception {
        // Given
        Files.writeString(ContentPath.of(fixture.store, Sha256.hex(LOG)), "changed");
        // When
        RunResult result = deliver(completed());
        // Then
        assertThat(result.ok()).isFalse();
        assertThat(result.code()).isEqualTo("EXPORT_FAILED");
        assertThat(retried).containsExactly("run " + RUN, "run " + RUN);
        assertThat(warned).isEmpty();
    }

    @Test
    void invalidOption_failsTheRunWithoutARetry() throws Exception {
        // When
        RunResult result = deliver(completed(new RunKey("local", RUN), LOG, Map.of("clamp", "lots"), 1));
        // Then
        assertThat(result.ok()).isFalse();
        assertThat(result.code()).isEqualTo("OPTION_REFUSED");
        assertThat(retried).isEmpty();
    }

    @Test
    void logMissingFromTheStore_isATransientFailureAlsoAfterOtherRuns() throws Exception {
        // Given
        deliver(completed("north", LOG, Map.of(), 1));
        RunOutcome missing = completed("local", LOG_NOT_IN_STORE, Map.of(), 1);
        // When
        var delivered = assertThatThrownBy(() -> deliver(missing));
        // Then
        delivered
                .isInstanceOf(TransientFailureException.class)
                .hasMessageContaining("does not contain " + Sha256.hex(LOG_NOT_IN_STORE));
        assertThat(fixture.folder()).doesNotExist();
    }

    @Test
    void missingStore_isATransientFailure() throws Exception {
        // Given
        Files.move(fixture.store, temp.resolve("away"));
        // When
        var delivered = assertThatThrownBy(() -> deliver(completed()));
        // Then
        delivered.isInstanceOf(TransientFailureException.class).hasMessageContaining("does not exist");
        assertThat(fixture.folder()).doesNotExist();
    }

    @Test
    void publishedRun_removesItsUnfinishedFoldersOfOtherExporters() throws Exception {
        // Given
        Path ofRun = Files.createDirectories(fixture.runs.resolve(".tmp-other-" + RUN));
        delivery = fixture.delivery(ExporterEvents.NONE);
        // When
        deliver(completed());
        // Then
        assertThat(ofRun).doesNotExist();
    }

    @Test
    void failureWithoutStart_isIgnoredForAPublishedRun() throws Exception {
        // Given
        RunOutcome.Completed run = completed();
        deliver(run);
        // When
        Optional<RunResult> result = delivery.deliver(failedWithoutStart(run.key()));
        // Then
        assertThat(result).isEmpty();
        assertThat(fixture.manifest().ok()).isTrue();
    }

    @Test
    void failureWithoutStart_isTheResultOfAnUnknownRun() throws Exception {
        // When
        Optional<RunResult> result = delivery.deliver(failedWithoutStart(new RunKey("local", "unknown")));
        // Then
        assertThat(result).map(RunResult::code).contains("BLOCKS_MISSING");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void folderThatCannotBeChecked_isAWarningAndNoRetry() throws Exception {
        // Given
        Files.createSymbolicLink(fixture.runs.resolve("linked"), temp);
        // When
        Optional<RunResult> result = delivery.deliver(failedWithoutStart(new RunKey("local", "linked")));
        // Then
        assertThat(result).map(RunResult::code).contains("BLOCKS_MISSING");
        assertThat(warned).singleElement().asString().startsWith("run linked: cannot check whether its folder");
        assertThat(retried).isEmpty();
    }

    private static RunOutcome failed(RunOutcome.Completed run) {
        return new RunOutcome.Failed(
                run.key(),
                1,
                Optional.of(ExportFixture.SIGNER.sign(run.started(), 1)),
                FailureCode.BLOCKS_MISSING,
                "block 3 is missing",
                0,
                7);
    }
}
