package dynoai.ingest.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.ingest.folder.InMemoryTransport.SentRun;
import dynoai.ingest.folder.run.FileState;
import dynoai.ingest.folder.run.RunTransport;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An exception that one file causes ends nothing but that file; the log of another shop is done. */
final class FaultOfOneFileTest extends DropFolderCase {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final List<RuntimeException> FAULTS = List.of(
            new IllegalStateException("a bug"),
            new NullPointerException("a bug"),
            new InvalidPathException("a", "a bug"),
            new UncheckedIOException(new IOException("a bug")),
            new ArithmeticException("a bug"),
            new ClassCastException("a bug"),
            new IndexOutOfBoundsException("a bug"),
            new NoSuchElementException("a bug"),
            new ConcurrentModificationException("a bug"));

    private static void throwFor(String shop) {
        if (shop.startsWith("evil")) {
            throw FAULTS.get(Integer.parseInt(shop.substring("evil".length())));
        }
    }

    private void dropOneLogPerFault(String text) throws Exception {
        for (int fault = 0; fault < FAULTS.size(); fault++) {
            ingest.drop("evil" + fault + "/pull.csv", text + fault + "\n");
        }
        ingest.drop("good/pull.csv", "good\n");
    }

    private void passMinutes(int minutes) throws Exception {
        ingest.passSettleTime();
        for (int minute = 0; minute < minutes; minute++) {
            ingest.pass(MINUTE);
        }
    }

    private void assertGoodIsDone() {
        assertThat(ingest.state("good/pull.csv")).isInstanceOf(FileState.Done.class);
    }

    private void assertEvilIsRejected(FailureCode code) {
        for (int fault = 0; fault < FAULTS.size(); fault++) {
            assertThat(ingest.state("evil" + fault + "/pull.csv"))
                    .isInstanceOfSatisfying(
                            FileState.Rejected.class,
                            rejected -> assertThat(rejected.code()).isEqualTo(code.name()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepare", "runOf", "send"})
    void faultBeforeTheRunIsSent_rejectsTheLog(String method) throws Exception {
        // Given
        dropOneLogPerFault("a");
        ingest.transport.onCall = (called, shop) -> {
            if (called.equals(method)) {
                throwFor(shop);
            }
        };
        // When
        passMinutes(5);
        // Then
        assertGoodIsDone();
        assertEvilIsRejected(FailureCode.INGEST_FAILED);
        assertThat(ingest.isIdle()).isTrue();
    }

    @Test
    void faultWhileARejectionIsPublished_isRetried() throws Exception {
        // Given
        dropOneLogPerFault("garbage");
        ingest.transport.onCall = (called, shop) -> {
            if (called.equals("reject")) {
                throwFor(shop);
            }
        };
        passMinutes(5);
        assertGoodIsDone();
        ingest.transport.onCall = (called, shop) -> {};
        // When
        passMinutes(5);
        // Then
        assertEvilIsRejected(FailureCode.NOT_TEXT);
    }

    @Test
    void faultWhileARunIsAbandoned_isRetriedLessAndLessOften() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("evil0/pull.csv", "a\n");
        ingest.passSettleTime();
        ingest.transport.fail(0, Rejection.of(FailureCode.RUN_FAILED, "it failed", ""));
        ingest.transport.finishesAtOnce = true;
        ingest.drop("good/pull.csv", "good\n");
        ingest.transport.onCall = (called, shop) -> {
            if (called.equals("abandon")) {
                throwFor(shop);
            }
        };
        // When
        ingest.passSettleTime();
        for (int second = 0; second < 600; second++) {
            ingest.pass(Duration.ofSeconds(1));
        }
        // Then
        assertGoodIsDone();
        assertThat(ingest.failures).hasSizeBetween(10, 20);
    }

    @Test
    void faultWhileASentRunIsLookedFor_isRetried() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        dropOneLogPerFault("a");
        ingest.passSettleTime();
        ingest.transport.onCall = (called, shop) -> {
            if (called.equals("isInFlight")) {
                throwFor(shop);
            }
        };
        // When
        ingest.restart();
        for (int run = 0; run < ingest.transport.sent.size(); run++) {
            ingest.transport.finish(run);
        }
        passMinutes(5);
        // Then
        assertGoodIsDone();
        assertThat(ingest.filesIn(".work")).isEmpty();
    }

    @Test
    void failureWithALongMessage_isCutInTheReason() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("evil/pull.csv", "a\n");
        ingest.passSettleTime();
        // When
        ingest.transport.fail(0, Rejection.of(FailureCode.RUN_FAILED, "x".repeat(1 << 20), ""));
        ingest.passSettleTime();
        // Then
        try (Stream<Path> files = Files.walk(ingest.folder.resolve("rejected"))) {
            Path reason = files.filter(file -> file.endsWith("reason.json"))
                    .findFirst()
                    .orElseThrow();
            assertThat(reason.toFile().length()).isLessThan(1 << 15);
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void faultInAResult_ignoresTheResult() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("evil/pull.csv", "a\n");
        ingest.passSettleTime();
        SentRun sent = ingest.transport.sent.get(0);
        ingest.transport.results.add(new RunTransport.Result(sent.key(), sent.attempt(), null, Optional.empty(), true));
        ingest.transport.finishesAtOnce = true;
        ingest.drop("good/pull.csv", "good\n");
        // When
        ingest.passSettleTime();
        // Then
        assertGoodIsDone();
        assertThat(ingest.state("evil/pull.csv")).isInstanceOf(FileState.Sent.class);
        assertThat(ingest.warnings).singleElement().asString().contains("a result that cannot be handled");
    }

    @Test
    void faultWhileAFileIsReported_doesNotEndTheScan() throws Exception {
        // Given
        dropOneLogPerFault("a");
        ingest.onChange = file -> throwFor(Path.of(file).getName(0).toString());
        // When
        passMinutes(2);
        // Then
        assertGoodIsDone();
        assertThat(ingest.filesIn("done")).hasSize(2 * (FAULTS.size() + 1));
    }
}
