package dynoai.ingest.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.ingest.folder.run.FileState;
import dynoai.schemas.file.SmallDisk;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What other programs, people and disks do to a log between its claim and the archive. */
@DisabledOnOs(OS.WINDOWS)
final class LogHazardsTest extends DropFolderCase {
    private static final String FIRST = "a\n".repeat(10);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Does something to an open log while it is read, once. */
    private void whileRead(Change change, FileChannel log) {
        ingest.transport.beforePrepare = () -> {
            ingest.transport.beforePrepare = () -> {};
            try {
                change.on(log);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        };
    }

    private interface Change {
        void on(FileChannel log) throws IOException;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void logWrittenWhileItIsRead_waits() throws Exception {
        // Given
        Path log = ingest.drop("pull.csv", FIRST);
        try (FileChannel writer = FileChannel.open(log, StandardOpenOption.APPEND)) {
            whileRead(open -> open.write(bytes("late\n")), writer);
            // When
            ingest.passSettleTime();
        }
        // Then
        assertThat(ingest.transport.sent).isEmpty();
        assertThat(ingest.state("pull.csv")).isEqualTo(new FileState.Waiting("the log is still being written"));
    }

    @Test
    void logWrittenWhileItIsRead_isReadAgainOnceItSettled() throws Exception {
        // Given
        Path log = ingest.drop("pull.csv", FIRST);
        try (FileChannel writer = FileChannel.open(log, StandardOpenOption.APPEND)) {
            whileRead(open -> open.write(bytes("late\n")), writer);
            ingest.passSettleTime();
        }
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent)
                .extracting(InMemoryTransport.SentRun::text)
                .containsExactly(FIRST + "late\n");
        assertThat(ingest.filesIn("done")).containsExactly("pull.csv", "pull.csv.run.yaml");
    }

    @Test
    void claimedLogThatKeepsGrowing_isNotSent() throws Exception {
        // Given
        Path log = ingest.drop("pull.csv", FIRST);
        try (FileChannel writer = FileChannel.open(log, StandardOpenOption.APPEND)) {
            whileRead(open -> open.write(bytes("0\n")), writer);
            ingest.passSettleTime();
            // When
            grow(writer);
        }
        // Then
        assertThat(ingest.transport.sent).isEmpty();
    }

    @Test
    void claimedLogThatStoppedGrowing_isSentWhole() throws Exception {
        // Given
        Path log = ingest.drop("pull.csv", FIRST);
        try (FileChannel writer = FileChannel.open(log, StandardOpenOption.APPEND)) {
            whileRead(open -> open.write(bytes("0\n")), writer);
            ingest.passSettleTime();
            grow(writer);
        }
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent.get(0).text()).endsWith("4\n5\n");
    }

    private void grow(FileChannel writer) throws Exception {
        for (int i = 1; i <= 5; i++) {
            writer.write(bytes(i + "\n"));
            ingest.pass(ingest.settings().settle());
        }
    }

    @Test
    void logTruncatedWhileItIsRead_isReadAgain() throws Exception {
        // Given
        Path log = ingest.drop("pull.csv", FIRST);
        try (FileChannel writer = FileChannel.open(log, StandardOpenOption.WRITE)) {
            whileRead(open -> open.truncate(4), writer);
            // When
            ingest.passSettleTime();
        }
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent)
                .extracting(InMemoryTransport.SentRun::text)
                .containsExactly("a\na\n");
    }

    @Test
    void logReplacedWhileItIsRead_becomesARunOfItsOwn() throws Exception {
        // Given
        ingest.drop("pull.csv", FIRST);
        ingest.transport.beforePrepare = () -> {
            ingest.transport.beforePrepare = () -> {};
            try {
                Path other = Files.writeString(temp.resolve("other"), "b\n");
                Files.move(other, ingest.folder.resolve("pull.csv"));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        };
        // When
        ingest.passSettleTime();
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent)
                .extracting(InMemoryTransport.SentRun::text)
                .containsExactly(FIRST, "b\n");
        assertThat(ingest.filesIn("done")).hasSize(4);
    }

    @Test
    void logWrittenToAfterItWasSent_isAWarningAndItsRunStays() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        Path log = ingest.drop("pull.csv", FIRST);
        try (FileChannel writer = FileChannel.open(log, StandardOpenOption.APPEND)) {
            ingest.passSettleTime();
            writer.write(bytes("late\n"));
            // When
            ingest.transport.finish(0);
            ingest.pass(SECOND);
        }
        // Then
        assertThat(ingest.filesIn("done")).contains("pull.csv");
        assertThat(ingest.warnings).singleElement().asString().contains("written to after it was claimed");
        assertThat(ingest.failures).isEmpty();
    }

    @Test
    void logChangedAfterItWasSent_isResentAsItWas() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        Path log = ingest.drop("pull.csv", FIRST);
        try (FileChannel writer = FileChannel.open(log, StandardOpenOption.APPEND)) {
            ingest.passSettleTime();
            writer.write(bytes("late\n"));
        }
        // When
        ingest.transport.inFlight.clear();
        ingest.restart();
        ingest.pass(SECOND);
        // Then
        assertThat(ingest.transport.sent)
                .extracting(InMemoryTransport.SentRun::text)
                .containsExactly(FIRST, FIRST);
    }

    @Test
    void claimedLogRemovedBeforeItIsRead_isForgottenAndItsOptionsMoveBack() throws Exception {
        // Given
        ingest.drop("pull.csv", FIRST);
        ingest.drop("pull.csv.options.yaml", "clamp: 9\n");
        ingest.transport.failPrepare = new IOException("no room for the moment");
        ingest.passSettleTime();
        try (var claimed = Files.walk(ingest.folder.resolve(".work"))) {
            Files.delete(claimed.filter(file -> file.endsWith("pull.csv"))
                    .findFirst()
                    .orElseThrow());
        }
        ingest.transport.failPrepare = null;
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent).isEmpty();
        assertThat(ingest.filesIn(".work")).isEmpty();
        assertThat(ingest.folder.resolve("pull.csv.options.yaml")).hasContent("clamp: 9");
        assertThat(ingest.state("pull.csv").toString()).contains("taken away");
        assertThat(ingest.isIdle()).isTrue();
    }

    @Test
    void fullDiskWhileClaiming_leavesTheLogWhereItIs() throws Exception {
        ingest.close();
        try (SmallDisk disk = SmallDisk.mount(temp.resolve("small"), 256, 40);
                DropFolderFixture small = DropFolderFixture.in(disk.path()).start()) {
            // Given
            small.drop("pull.csv", FIRST);
            disk.fill();
            // When
            small.passSettleTime();
            // Then
            assertThat(small.transport.sent).isEmpty();
            assertThat(small.state("pull.csv").toString()).containsIgnoringCase("no space left");
            assertThat(small.folder.resolve("pull.csv")).exists();
        }
    }

    @Test
    void logThatCouldNotBeClaimed_isClaimedOnceTheDiskHasRoom() throws Exception {
        ingest.close();
        try (SmallDisk disk = SmallDisk.mount(temp.resolve("small"), 256, 40);
                DropFolderFixture small = DropFolderFixture.in(disk.path()).start()) {
            // Given
            small.drop("pull.csv", FIRST);
            disk.fill();
            small.passSettleTime();
            disk.free();
            // When
            small.passSettleTime();
            // Then
            assertThat(small.transport.sent).hasSize(1);
            assertThat(small.filesIn("done")).containsExactly("pull.csv", "pull.csv.run.yaml");
            assertThat(small.filesIn(".work")).isEmpty();
        }
    }

    @Test
    void fullDiskWhileArchiving_keepsTheClaims() throws Exception {
        ingest.close();
        try (SmallDisk disk = SmallDisk.mount(temp.resolve("small"), 256, 60);
                DropFolderFixture small = DropFolderFixture.in(disk.path()).start()) {
            // Given
            sendGoodAndFailed(small);
            disk.fill();
            // When
            small.pass(Duration.ofSeconds(3));
            // Then
            assertThat(small.filesIn("done")).isEmpty();
            assertThat(small.filesIn("rejected")).isEmpty();
            assertThat(small.failures).isNotEmpty();
        }
    }

    @Test
    void runsThatCouldNotBeArchived_areArchivedOnceTheDiskHasRoom() throws Exception {
        ingest.close();
        try (SmallDisk disk = SmallDisk.mount(temp.resolve("small"), 256, 60);
                DropFolderFixture small = DropFolderFixture.in(disk.path()).start()) {
            // Given
            sendGoodAndFailed(small);
            disk.fill();
            small.pass(Duration.ofSeconds(3));
            disk.free();
            // When
            small.pass(Duration.ofSeconds(3));
            // Then
            assertThat(small.filesIn("done")).hasSize(2);
            assertThat(small.filesIn("rejected")).hasSize(3);
            assertThat(small.filesIn(".work")).isEmpty();
            assertThat(small.transport.sent).hasSize(2);
        }
    }

    private static void sendGoodAndFailed(DropFolderFixture small) throws Exception {
        small.transport.finishesAtOnce = false;
        small.drop("good.csv", FIRST);
        small.drop("failed.csv", "b\n");
        small.passSettleTime();
        small.transport.finish(1);
        small.transport.fail(0, Rejection.of(FailureCode.RUN_FAILED, "it failed", ""));
    }

    @Test
    void logThatDoesNotFitIntoTheStore_waitsWithoutDelayingOthers() throws Exception {
        ingest.close();
        try (SmallDisk disk = SmallDisk.mount(temp.resolve("small"), 64, 40);
                DropFolderFixture other = DropFolderFixture.in(temp)) {
            // Given
            other.with(FolderSettings.of(
                                    other.folder, new FolderStore(disk.path().resolve("store")))
                            .watch(false))
                    .start();
            other.drop("pull.csv", "a\n".repeat(100_000));
            other.passSettleTime();
            other.drop("short.csv", FIRST);
            // When
            other.passSettleTime();
            // Then
            assertThat(other.transport.sent)
                    .extracting(InMemoryTransport.SentRun::text)
                    .containsExactly(FIRST);
            assertThat(other.failures.toString()).containsIgnoringCase("no space left");
        }
    }

    @Test
    void fileEvent_wakesTheScanEarly() throws Exception {
        // Given
        try (FileEventWatcher watcher =
                Optional.ofNullable(FileEventWatcher.start(ingest.folder)).orElseThrow()) {
            // When
            ingest.drop("pull.csv", FIRST);
            // Then
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> watcher.await(Duration.ofSeconds(5).toNanos()));
        }
    }
}
