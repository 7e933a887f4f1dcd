package dynoai.ingest.folder.run;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.ingest.folder.claim.Claim;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TrackedRunTest {
    private final List<FileState> reported = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private final TrackedRun run = new TrackedRun(
            RunStateTest.claim(1),
            new IngestEvents() {
                @Override
                public void fileChanged(Path file, FileState state) {
                    reported.add(state);
                }

                @Override
                public void runResent(Claim claim) {
                    events.add("resent");
                }

                @Override
                public void transientFailure(String where, Exception cause) {
                    events.add(where + ": " + cause.getMessage());
                }
            },
            () -> now.toNanos());

    @Test
    void newRun_isDueAndReportedAsClaimed() {
        // When
        boolean due = run.isDue();
        // Then
        assertThat(due).isTrue();
        assertThat(reported).containsExactly(new FileState.Claimed("r1"));
    }

    @Test
    void sentRun_isDueAgainAfterTheWaitForItsResult() {
        // Given
        run.sent(new RunState.Sent(RunStateTest.claim(1)));
        // When
        boolean before = isDueAt(29);
        boolean after = isDueAt(30);
        // Then
        assertThat(before).isFalse();
        assertThat(after).isTrue();
    }

    @Test
    void failedRun_isRetriedAfterAPauseAndKeepsItsState() {
        // Given
        RunState state = run.state();
        // When
        run.retryLater(new IOException("disk full"));
        // Then
        assertThat(isDueAt(1)).isFalse();
        assertThat(isDueAt(2)).isTrue();
        assertThat(run.state()).isEqualTo(state);
        assertThat(events).containsExactly("pull.csv: disk full");
        assertThat(reported).last().isEqualTo(new FileState.Waiting("java.io.IOException: disk full"));
    }

    @Test
    void lostRun_keepsItsDueTimeSoThatAResultCanStillArrive() {
        // Given
        RunState.Sent sent = new RunState.Sent(RunStateTest.claim(1));
        run.sent(sent);
        // When
        run.notFound(sent);
        // Then
        assertThat(run.isDue()).isFalse();
        assertThat(run.state()).isInstanceOf(RunState.Claimed.class);
        assertThat(events).containsExactly("resent");
    }

    @Test
    void retryableFailure_resendsAtOnceAndTwiceAtMost() {
        // When
        List<Class<?>> states = new ArrayList<>();
        for (int result = 0; result < 3; result++) {
            RunState.Sent sent = new RunState.Sent(RunStateTest.claim(1));
            run.sent(sent);
            run.end(sent, failure(FailureCode.BLOCKS_MISSING));
            states.add(run.state().getClass());
        }
        // Then
        assertThat(states).containsExactly(RunState.Claimed.class, RunState.Claimed.class, RunState.Ended.class);
        assertThat(run.isDue()).isTrue();
        assertThat(events).containsExactly("resent", "resent");
    }

    @Test
    void otherFailure_endsTheRunAndIsReportedOnlyOnceArchived() {
        // Given
        RunState.Sent sent = new RunState.Sent(RunStateTest.claim(1));
        run.sent(sent);
        // When
        run.end(sent, failure(FailureCode.EXPORT_FAILED));
        // Then
        assertThat(run.state()).isInstanceOf(RunState.Ended.class);
        assertThat(reported).last().isEqualTo(new FileState.Sent("r1", 1));
    }

    private boolean isDueAt(long seconds) {
        now = Duration.ofSeconds(seconds);
        return run.isDue();
    }

    private static RunTransport.Result failure(FailureCode code) {
        return new RunTransport.Result(new RunKey("local", "r1"), 1, "", Optional.of(Rejection.of(code, "", "")), true);
    }
}
