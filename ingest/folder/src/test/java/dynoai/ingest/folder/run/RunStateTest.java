package dynoai.ingest.folder.run;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.ingest.folder.claim.Claim;
import dynoai.schemas.file.FileStamp;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.run.FailureCode;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class RunStateTest {
    private static final FileStamp STAMP = new FileStamp(5, FileTime.fromMillis(1), "key");
    private static final Future<PreparedLog> LOG = new CompletableFuture<>();

    @Test
    void runBeforeItIsSent_isShownAsClaimed() {
        // Given
        RunState.Claimed claimed = new RunState.Claimed(claim(0), null);
        // When
        RunState.Prepared prepared = claimed.prepare(LOG);
        // Then
        assertThat(claimed.fileState()).isEqualTo(new FileState.Claimed("r1"));
        assertThat(prepared.fileState()).isEqualTo(new FileState.Claimed("r1"));
    }

    @Test
    void sentRun_isShownWithItsAttempt() {
        // Given
        RunState.Prepared prepared = new RunState.Claimed(claim(0), null).prepare(LOG);
        // When
        RunState.Sent sent = prepared.sent(claim(1));
        // Then
        assertThat(sent.fileState()).isEqualTo(new FileState.Sent("r1", 1));
    }

    @Test
    void retriedRun_keepsWhatWasSavedOfItsClaim() {
        // Given
        RunState.Prepared prepared = new RunState.Claimed(claim(0), STAMP).prepare(LOG);
        // When
        RunState.Claimed again = prepared.retry(claim(1));
        // Then
        assertThat(again).isEqualTo(new RunState.Claimed(claim(1), STAMP));
    }

    @Test
    void logThatChangedBeforeItsFirstAttempt_isUnread() {
        // Given
        RunState.Prepared prepared = new RunState.Claimed(claim(0), null).prepare(LOG);
        // When
        RunState.Claimed again = prepared.settleAgain(STAMP);
        // Then
        assertThat(again.claim().sha256()).isEmpty();
        assertThat(again.lastSeen()).isEqualTo(STAMP);
    }

    @Test
    void logThatChangedAfterAnAttempt_keepsTheHashThatWasSent() {
        // Given
        RunState.Prepared prepared = new RunState.Claimed(claim(1), null).prepare(LOG);
        // When
        RunState.Claimed again = prepared.settleAgain(STAMP);
        // Then
        assertThat(again.claim()).isEqualTo(claim(1));
    }

    @Test
    void lostRun_isClaimedAgainUnderItsLastAttempt() {
        // Given
        RunState.Sent sent = new RunState.Sent(claim(2));
        // When
        RunState.Claimed again = sent.lost();
        // Then
        assertThat(again.claim().attempt()).isEqualTo(2);
    }

    @Test
    void endedRun_isShownByItsFailure() {
        // Given
        RunState.Sent sent = new RunState.Sent(claim(1));
        RunState.Prepared prepared = new RunState.Claimed(claim(0), null).prepare(LOG);
        // When
        RunState.Ended done = sent.ended(Optional.empty());
        RunState.Ended failed = sent.ended(Optional.of(Rejection.of(FailureCode.RUN_FAILED, "", "")));
        RunState.Ended duplicate =
                prepared.rejected(claim(0).duplicateOf("r0"), Rejection.of(FailureCode.DUPLICATE, "", ""));
        // Then
        assertThat(done.fileState()).isEqualTo(new FileState.Done("r1"));
        assertThat(failed.fileState()).isEqualTo(new FileState.Rejected("r1", "RUN_FAILED"));
        assertThat(duplicate.fileState()).isEqualTo(new FileState.Duplicate("r1", "r0"));
    }

    static Claim claim(int attempt) {
        return new Claim(
                "r1",
                "local",
                "default",
                "",
                "pull.csv",
                "pull.csv",
                5,
                "hash",
                AnalysisOptions.defaults(),
                Map.of(),
                Optional.empty(),
                attempt,
                false,
                Instant.EPOCH,
                "");
    }
}
