package dynoai.ingest.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.schemas.file.SmallDisk;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What other programs, people and disks do to a log between its claim and its end. */
@DisabledOnOs(OS.WINDOWS)
final class LogHazardsTest {
    private static final String FIRST = "a\n".repeat(10);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path temp;

    private DropFolderFixture drops;

    @BeforeEach
    void open() throws Exception {
        drops = DropFolderFixture.in(temp).start();
    }

    @AfterEach
    void close() throws Exception {
        drops.close();
    }

    /** Does something to an open log while it is read, once. */
    private void whileRead(Change change, FileChannel log) {
        drops.transport.beforePrepare = () -> {
            drops.transport.beforePrepare = () -> {};
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
    void logWrittenWhileItIsRead_isReadAgainOnceItRests() throws Exception {
        // Given
        Path log = drops.drop("pull.csv", FIRST);
        try (FileChannel writer = FileChannel.open(log, StandardOpenOption.APPEND)) {
            whileRead(open -> open.write(bytes("late\n")), writer);
            // When
            drops.passSettleTime();
            assertThat(drops.transport.sent).isEmpty();
            assertThat(drops.state("pull.csv")).isInstanceOf(FileState.Waiting.class);
        }
        drops.passSettleTime();
        // Then
        assertThat(drops.transport.sent)
                .extracting(InMemoryTransport.SentRun::text)
                .containsExactly(FIRST + "late\n");
        assertThat(drops.below("done")).containsExactly("pull.csv", "pull.csv.run.yaml");
    }

    @Test
    void logThatGrowsBetweenLooks_isNotTakenBeforeItRestsForASettleTime() throws Exception {
        // Given
        Path log = drops.drop("pull.csv", FIRST);
        try (FileChannel writer = FileChannel.open(log, StandardOpenOption.APPEND)) {
            whileRead(open -> open.write(bytes("0\n")), writer);
            drops.passSettleTime();
            // When
            for (int i = 1; i <= 5; i++) {
                writer.write(bytes(i + "\n"));
                drops.pass(drops.settings().settle());
            }
            // Then
            assertThat(drops.transport.sent).isEmpty();
        }
        drops.passSettleTime();
        assertThat(drops.transport.sent.get(0).text()).endsWith("4\n5\n");
    }

    @Test
    void logTruncatedWhileItIsRead_isReadAgain() throws Exception {
        // Given
        Path log = drops.drop("pull.csv", FIRST);
        try (FileChannel writer = FileChannel.open(log, StandardOpenOption.WRITE)) {
            whileRead(open -> open.truncate(4), writer);
            // When
            drops.passSettleTime();
        }
        drops.passSettleTime();
        // Then
        assertThat(drops.transport.sent)
                .extracting(InMemoryTransport.SentRun::text)
                .containsExactly("a\na\n");
    }

    @Test
    void logReplacedWhileItIsRead_becomesARunOfItsOwn() throws Exception {
        // Given
        drops.drop("pull.csv", FIRST);
        drops.transport.beforePrepare = () -> {
            drops.transport.beforePrepare = () -> {};
            try {
                Path other = Files.writeString(temp.resolve("other"), "b\n");
                Files.move(other, drops.folder.resolve("pull.csv"));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        };
        // When
        drops.passSettleTime();
        drops.passSettleTime();
        // Then
        assertThat(drops.transport.sent)
                .extracting(InMemoryTransport.SentRun::text)
                .containsExactly(FIRST, "b\n");
        assertThat(drops.below("done")).hasSize(4);
    }

    @Test
    void logWrittenToAfterItWasSent_isToldOfAndItsRunStays() throws Exception {
        // Given
        drops.transport.finishesAtOnce = false;
        Path log = drops.drop("pull.csv", FIRST);
        try (FileChannel writer = FileChannel.open(log, StandardOpenOption.APPEND)) {
            drops.passSettleTime();
            writer.write(bytes("late\n"));
            // When
            drops.transport.finish(0);
            drops.pass(SECOND);
        }
        // Then
        assertThat(drops.below("done")).contains("pull.csv");
        assertThat(drops.failures).singleElement().asString().contains("written to after it was claimed");
    }

    @Test
    void logChangedAfterItWasSent_isSentAgainAsItWas() throws Exception {
        // Given
        drops.transport.finishesAtOnce = false;
        Path log = drops.drop("pull.csv", FIRST);
        try (FileChannel writer = FileChannel.open(log, StandardOpenOption.APPEND)) {
            drops.passSettleTime();
            writer.write(bytes("late\n"));
        }
        // When
        drops.transport.inFlight.clear();
        drops.restart();
        drops.pass(SECOND);
        // Then
        assertThat(drops.transport.sent)
                .extracting(InMemoryTransport.SentRun::text)
                .containsExactly(FIRST, FIRST);
    }

    @Test
    void claimedLogTakenAwayBeforeItIsRead_isForgottenAndItsOptionsGoBack() throws Exception {
        // Given
        drops.drop("pull.csv", FIRST);
        drops.drop("pull.csv.options.yaml", "clamp: 9\n");
        drops.transport.failPrepare = new IOException("no room for the moment");
        drops.passSettleTime();
        assertThat(drops.below(".work")).hasSize(3);
        // When
        try (var claimed = Files.walk(drops.folder.resolve(".work"))) {
            Files.delete(claimed.filter(file -> file.endsWith("pull.csv"))
                    .findFirst()
                    .orElseThrow());
        }
        drops.transport.failPrepare = null;
        drops.passSettleTime();
        // Then
        assertThat(drops.transport.sent).isEmpty();
        assertThat(drops.below(".work")).isEmpty();
        assertThat(drops.folder.resolve("pull.csv.options.yaml")).hasContent("clamp: 9");
        assertThat(drops.state("pull.csv").toString()).contains("taken away");
        assertThat(drops.isIdle()).isTrue();
    }

    @Test
    void fullDiskWhileClaimingAndReading_isWaitedOut() throws Exception {
        drops.close();
        try (SmallDisk disk = SmallDisk.mount(temp.resolve("small"), 256, 40);
                DropFolderFixture small = DropFolderFixture.in(disk.path()).start()) {
            // Given
            small.drop("pull.csv", FIRST);
            disk.fill();
            // When
            small.passSettleTime();
            assertThat(small.transport.sent).isEmpty();
            assertThat(small.state("pull.csv").toString()).containsIgnoringCase("no space left");
            assertThat(small.folder.resolve("pull.csv")).exists();
            disk.free();
            small.passSettleTime();
            // Then
            assertThat(small.transport.sent).hasSize(1);
            assertThat(small.below("done")).containsExactly("pull.csv", "pull.csv.run.yaml");
            assertThat(small.below(".work")).isEmpty();
        }
    }

    @Test
    void fullDiskWhileMovingToTheEnd_isWaitedOut() throws Exception {
        drops.close();
        try (SmallDisk disk = SmallDisk.mount(temp.resolve("small"), 256, 60);
                DropFolderFixture small = DropFolderFixture.in(disk.path()).start()) {
            // Given
            small.transport.finishesAtOnce = false;
            small.drop("good.csv", FIRST);
            small.drop("failed.csv", "b\n");
            small.passSettleTime();
            assertThat(small.transport.sent).hasSize(2);
            disk.fill();
            // When
            small.transport.finish(1);
            small.transport.fail(0, Rejection.of(FailureCode.RUN_FAILED, "it failed", ""));
            small.pass(Duration.ofSeconds(3));
            assertThat(small.below("done")).isEmpty();
            assertThat(small.below("rejected")).isEmpty();
            assertThat(small.failures).isNotEmpty();
            disk.free();
            small.pass(Duration.ofSeconds(3));
            // Then
            assertThat(small.below("done")).hasSize(2);
            assertThat(small.below("rejected")).hasSize(3);
            assertThat(small.below(".work")).isEmpty();
            assertThat(small.transport.sent).hasSize(2);
        }
    }

    @Test
    void fullDiskUnderTheStoreAlone_isWaitedOut() throws Exception {
        drops.close();
        try (SmallDisk disk = SmallDisk.mount(temp.resolve("small"), 64, 40)) {
            // Given
            DropFolderFixture other = DropFolderFixture.in(temp);
            other.with(FolderSettings.of(other.folder, disk.path().resolve("store"))
                            .watch(false))
                    .start();
            other.drop("pull.csv", "a\n".repeat(100_000));
            // When
            other.passSettleTime();
            assertThat(other.transport.sent).isEmpty();
            other.drop("short.csv", FIRST);
            other.passSettleTime();
            // Then
            assertThat(other.transport.sent)
                    .extracting(InMemoryTransport.SentRun::text)
                    .containsExactly(FIRST);
            assertThat(other.failures.toString()).containsIgnoringCase("no space left");
            other.close();
        }
    }

    @Test
    void fileEvent_wakesTheScanEarly() throws Exception {
        // Given
        try (FileEventWatcher watch =
                Optional.ofNullable(FileEventWatcher.start(drops.folder)).orElseThrow()) {
            assertThat(watch.await(1)).isFalse();
            // When
            drops.drop("pull.csv", FIRST);
            // Then
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> watch.await(Duration.ofSeconds(5).toNanos()));
        }
    }
}
