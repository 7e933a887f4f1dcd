package dynoai.ingest.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.schemas.file.ContentPath;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class FolderIngestTest {
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

    @Test
    void completeLog_becomesOneRunAndEndsInDone() throws Exception {
        // Given
        drops.drop("pull.csv", "rpm,map\n");
        // When
        drops.passSettleTime();
        // Then
        assertThat(drops.transport.sent).hasSize(1);
        assertThat(drops.transport.sent.get(0).shop()).isEqualTo("local");
        assertThat(drops.transport.sent.get(0).cell()).isEqualTo("default");
        assertThat(drops.below("done")).containsExactly("pull.csv", "pull.csv.run.yaml");
        assertThat(drops.below(".work")).isEmpty();
        assertThat(drops.isIdle()).isTrue();
    }

    @Test
    void nearlyFullDisk_keepsLogsWaitingUntilThereIsRoomAgain() throws Exception {
        // Given
        drops.disk = new DiskRoom.Room(100L << 30, (5L << 30) - 1);
        drops.drop("pull.csv", "rpm,map\n");
        drops.passSettleTime();
        assertThat(drops.transport.sent).isEmpty();
        assertThat(drops.folder.resolve("pull.csv")).exists();
        assertThat(drops.isIdle()).isFalse();
        // When
        drops.disk = new DiskRoom.Room(100L << 30, 5L << 30);
        drops.passSettleTime();
        // Then
        assertThat(drops.transport.sent).hasSize(1);
        assertThat(drops.below("done")).containsExactly("pull.csv", "pull.csv.run.yaml");
        assertThat(drops.pauses).hasSize(2);
        assertThat(drops.pauses.get(0)).startsWith("only 5119 MiB are free on the disk of ");
        assertThat(drops.pauses.get(1)).isEmpty();
    }

    @Test
    void growingLog_isNotTakenBeforeItRests() throws Exception {
        // Given
        Path log = drops.drop("pull.csv", "a\n");
        drops.pass(Duration.ZERO);
        // When
        for (int i = 0; i < 10; i++) {
            Files.writeString(log, "row " + i + "\n", StandardOpenOption.APPEND);
            drops.pass(Duration.ofSeconds(2));
        }
        // Then
        assertThat(drops.transport.sent).isEmpty();
        assertThat(drops.state("pull.csv")).isInstanceOf(FileState.Settling.class);
        drops.pass(Duration.ofSeconds(4));
        assertThat(drops.transport.sent.get(0).text()).endsWith("row 9\n");
    }

    @Test
    void reservedSizeFilledLater_isNotTakenWhileItsTailIsEmpty() throws Exception {
        // Given
        Path log = drops.folder.resolve("copy.csv");
        FileTime reservedAt;
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[64]));
            reservedAt = Files.getLastModifiedTime(log);
            // When
            drops.passSettleTime();
            drops.passSettleTime();
            assertThat(drops.transport.sent).isEmpty();
            file.position(0);
            file.write(ByteBuffer.wrap("x".repeat(64).getBytes()));
        }
        Files.setLastModifiedTime(log, reservedAt);
        drops.passSettleTime();
        // Then
        assertThat(drops.transport.sent)
                .extracting(InMemoryTransport.SentRun::text)
                .containsExactly("x".repeat(64));
    }

    @Test
    void logRewrittenWithTheSameSizeAndTime_isSeenByItsTail() throws Exception {
        // Given
        Path log = drops.drop("pull.csv", "first\n");
        FileTime time = Files.getLastModifiedTime(log);
        drops.pass(Duration.ZERO);
        drops.pass(Duration.ofSeconds(2));
        // When
        Files.writeString(log, "other\n");
        Files.setLastModifiedTime(log, time);
        drops.pass(Duration.ofSeconds(2));
        // Then
        assertThat(drops.transport.sent).isEmpty();
        drops.pass(Duration.ofSeconds(3));
        assertThat(drops.transport.sent)
                .extracting(InMemoryTransport.SentRun::text)
                .containsExactly("other\n");
    }

    @Test
    void doneMark_takesTheLogAtOnceAndMovesAlong() throws Exception {
        // Given
        drops.drop("pull.csv", "a\n");
        drops.drop("pull.csv.done", "");
        // When
        drops.pass(Duration.ZERO);
        // Then
        assertThat(drops.below("done")).contains("pull.csv", "pull.csv.done");
    }

    @Test
    void fileRenamedFromAnUnfinishedName_isTakenAtOnce() throws Exception {
        // Given
        Path part = drops.drop("pull.csv.part", "a\n");
        drops.pass(Duration.ZERO);
        // When
        Files.move(part, drops.folder.resolve("pull.csv"));
        drops.pass(Duration.ofSeconds(2));
        // Then
        assertThat(drops.transport.sent).hasSize(1);
    }

    @Test
    void shopAndCell_comeFromTheFolders() throws Exception {
        // Given
        drops.drop("north/pull.csv", "a\n");
        drops.drop("north/cell-2/pull.csv", "b\n");
        // When
        drops.passSettleTime();
        // Then
        assertThat(drops.transport.sent)
                .extracting(run -> run.shop() + "/" + run.cell())
                .containsExactlyInAnyOrder("north/default", "north/cell-2");
    }

    @Test
    void whatIsNoLog_isLeftAloneWithTheReason() throws Exception {
        // Given
        drops.drop("a/b/c/deep.csv", "a\n");
        drops.drop("two words/pull.csv", "a\n");
        drops.drop("notes.doc", "a\n");
        drops.drop("empty.csv", "");
        Files.createDirectories(drops.folder.resolve("folder.csv"));
        // When
        drops.passSettleTime();
        // Then
        assertThat(drops.state("a/b/c")).isEqualTo(new FileState.LeftAlone("deeper than shop/cell/LOG"));
        assertThat(drops.state("two words").toString()).contains("not a valid shop id");
        assertThat(drops.state("notes.doc")).isInstanceOf(FileState.LeftAlone.class);
        assertThat(drops.state("empty.csv")).isEqualTo(new FileState.LeftAlone("empty so far"));
        assertThat(drops.state("folder.csv")).isEqualTo(new FileState.LeftAlone("a folder with the name of a log"));
        assertThat(drops.transport.sent).isEmpty();
        assertThat(drops.isIdle()).isTrue();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void pipeAndSymlinkNamedLikeLogs_areLeftAlone() throws Exception {
        // Given
        Path secret = Files.writeString(temp.resolve("secret.csv"), "a\n");
        Files.createSymbolicLink(drops.folder.resolve("link.csv"), secret);
        new ProcessBuilder("mkfifo", drops.folder.resolve("pipe.csv").toString())
                .start()
                .waitFor();
        // When
        drops.passSettleTime();
        // Then
        assertThat(drops.state("link.csv").toString()).contains("symbolic link");
        assertThat(drops.state("pipe.csv")).isEqualTo(new FileState.LeftAlone("not a regular file"));
        assertThat(drops.transport.sent).isEmpty();
    }

    @Test
    void logThatVanishesBeforeItIsRead_isForgotten() throws Exception {
        // Given
        Path log = drops.drop("pull.csv", "a\n");
        drops.pass(Duration.ZERO);
        // When
        Files.delete(log);
        drops.passSettleTime();
        // Then
        assertThat(drops.transport.sent).isEmpty();
        assertThat(drops.isIdle()).isTrue();
    }

    @Test
    void sameBytesAgain_areADuplicateUnderAnyName() throws Exception {
        // Given
        drops.drop("pull.csv", "a\n");
        drops.passSettleTime();
        // When
        drops.drop("again.csv", "a\n");
        drops.passSettleTime();
        // Then
        assertThat(drops.transport.sent).hasSize(1);
        assertThat(drops.below("duplicates"))
                .containsExactly("again.csv/again.csv", "again.csv/reason.json", "again.csv/run.yaml");
        assertThat(drops.state("again.csv")).isInstanceOf(FileState.Duplicate.class);
    }

    @Test
    void sameBytesInAnotherShopOrWithOtherOptions_areAnotherRun() throws Exception {
        // Given
        drops.drop("pull.csv", "a\n");
        drops.drop("north/pull.csv", "a\n");
        drops.drop("other.csv", "a\n");
        drops.drop("other.csv.options.yaml", "clamp: 12\n");
        drops.drop("same.csv", "a\n");
        drops.drop("same.csv.options.yaml", "clamp: 7\n");
        // When
        drops.passSettleTime();
        // Then
        assertThat(drops.transport.sent).hasSize(3);
        assertThat(drops.below("duplicates")).hasSize(4);
    }

    @Test
    void sameNameWithOtherBytes_isAnotherRunAndOverwritesNothing() throws Exception {
        // Given
        drops.drop("pull.csv", "a\n");
        drops.passSettleTime();
        // When
        drops.drop("pull.csv", "b\n");
        drops.passSettleTime();
        // Then
        assertThat(drops.below("done"))
                .containsExactly("pull.csv", "pull.csv", "pull.csv.run.yaml", "pull.csv.run.yaml");
    }

    @Test
    void refusedLog_liesInRejectedWithItsReason() throws Exception {
        // Given
        drops.drop("pull.csv", "garbage\n");
        // When
        drops.passSettleTime();
        // Then
        assertThat(drops.below("rejected")).contains("pull.csv/pull.csv", "pull.csv/reason.json");
        assertThat(drops.transport.rejected).containsExactly("NOT_TEXT");
        assertThat(drops.transport.sent).isEmpty();
    }

    @Test
    void unknownOption_isRefusedByName() throws Exception {
        // Given
        drops.drop("north/dynoai.yaml", "clmap: 12\n");
        drops.drop("north/pull.csv", "a\n");
        // When
        drops.passSettleTime();
        // Then
        assertThat(drops.transport.rejected).containsExactly("OPTION_REFUSED");
        assertThat(onlyReason()).contains("unknown option 'clmap'");
    }

    private String onlyReason() throws Exception {
        try (var files = Files.walk(drops.folder.resolve("rejected"))) {
            Path reason = files.filter(file -> file.endsWith("reason.json"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(reason);
        }
    }

    @Test
    void sidecar_beatsTheFoldersOptions() throws Exception {
        // Given
        drops.drop("dynoai.yaml", "clamp: 12\nsmooth_passes: 4\n");
        drops.drop("pull.csv", "a\n");
        drops.drop("pull.csv.options.yaml", "clamp: 9\n");
        // When
        drops.passSettleTime();
        // Then
        assertThat(drops.transport.sent.get(0).options())
                .containsEntry("clamp", "9.0")
                .containsEntry("smooth_passes", "4");
        assertThat(drops.below("done")).contains("pull.csv.options.yaml");
    }

    @Test
    void baseTable_isKeptByItsHashAndIsNoLog() throws Exception {
        // Given
        drops.drop("base.csv", "RPM,35\n");
        drops.drop("dynoai.yaml", "base_front: base.csv\n");
        drops.drop("pull.csv", "a\n");
        // When
        drops.passSettleTime();
        // Then
        assertThat(drops.transport.sent).hasSize(1);
        String base = drops.transport.sent.get(0).optionFiles().get("base_front");
        assertThat(ContentPath.of(drops.store, base)).hasContent("RPM,35\n");
        assertThat(drops.folder.resolve("base.csv")).exists();
    }

    @Test
    void baseTableOutsideTheDropFolder_isRefused() throws Exception {
        // Given
        Files.writeString(temp.resolve("secret.csv"), "a\n");
        drops.drop("dynoai.yaml", "base_front: ../secret.csv\n");
        drops.drop("pull.csv", "a\n");
        // When
        drops.passSettleTime();
        // Then
        assertThat(drops.transport.rejected).containsExactly("BASE_TABLE_OUTSIDE");
    }

    @Test
    void failedRun_isRejectedAndMayBeTriedAgain() throws Exception {
        // Given
        drops.transport.finishesAtOnce = false;
        drops.drop("pull.csv", "a\n");
        drops.passSettleTime();
        // When
        drops.transport.results.add(new RunTransport.Result(
                drops.transport.sent.get(0).runId(),
                1,
                "",
                Optional.of(Rejection.of(FailureCode.RUN_FAILED, "it failed", ""))));
        drops.pass(SECOND);
        // Then
        assertThat(drops.state("pull.csv")).isInstanceOf(FileState.Rejected.class);
        assertThat(drops.transport.ledger).isEmpty();
        assertThat(drops.transport.abandoned)
                .containsExactly(drops.transport.sent.get(0).runId() + " attempt 1: RUN_FAILED");
    }

    @Test
    void runThatKafkaLostAPartOf_isSentAgainTwiceBeforeItIsRejected() throws Exception {
        // Given
        drops.transport.finishesAtOnce = false;
        drops.drop("pull.csv", "a\n");
        drops.passSettleTime();
        String run = drops.transport.sent.get(0).runId();
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(drops.transport.sent).hasSize(attempt);
            assertThat(drops.below("rejected")).isEmpty();
            // When
            drops.transport.results.add(new RunTransport.Result(
                    run, attempt, "", Optional.of(Rejection.of(FailureCode.BLOCKS_MISSING, "block 3 is missing", ""))));
            drops.pass(SECOND);
        }
        // Then
        assertThat(drops.transport.sent)
                .extracting(InMemoryTransport.SentRun::attempt)
                .containsExactly(1, 2, 3);
        assertThat(drops.state("pull.csv")).isInstanceOf(FileState.Rejected.class);
    }

    @Test
    void successOfAnotherLog_doesNotEndTheRun() throws Exception {
        // Given
        drops.transport.finishesAtOnce = false;
        drops.drop("pull.csv", "a\n");
        drops.passSettleTime();
        // When
        String run = drops.transport.sent.get(0).runId();
        drops.transport.results.add(new RunTransport.Result(run, 1, "", Optional.empty()));
        drops.transport.results.add(
                new RunTransport.Result(run, 2, drops.transport.sent.get(0).sha256(), Optional.empty()));
        drops.pass(SECOND);
        // Then
        assertThat(drops.below("done")).isEmpty();
        drops.transport.finish(0);
        drops.pass(SECOND);
        assertThat(drops.below("done")).isNotEmpty();
    }

    @Test
    void outcomeOfAnEarlierAttempt_doesNotFailTheRun() throws Exception {
        // Given
        drops.transport.finishesAtOnce = false;
        drops.drop("pull.csv", "a\n");
        drops.passSettleTime();
        drops.transport.inFlight.clear();
        drops.restart();
        drops.pass(SECOND);
        // When
        drops.transport.results.add(new RunTransport.Result(
                drops.transport.sent.get(0).runId(),
                1,
                "",
                Optional.of(Rejection.of(FailureCode.RUN_FAILED, "it failed", ""))));
        drops.pass(SECOND);
        // Then
        assertThat(drops.transport.sent)
                .extracting(InMemoryTransport.SentRun::attempt)
                .containsExactly(1, 2);
        assertThat(drops.below("rejected")).isEmpty();
    }

    @Test
    void sentRunStillUnderway_isNotSentAgainAfterARestart() throws Exception {
        // Given
        drops.transport.finishesAtOnce = false;
        drops.drop("pull.csv", "a\n");
        drops.passSettleTime();
        // When
        drops.restart();
        drops.passSettleTime();
        // Then
        assertThat(drops.transport.sent).hasSize(1);
        assertThat(drops.isIdle()).isFalse();
    }

    @Test
    void sentRunLostInTransit_isSentAgainUnderTheSameId() throws Exception {
        // Given
        drops.transport.finishesAtOnce = false;
        drops.drop("pull.csv", "a\n");
        drops.passSettleTime();
        // When
        drops.transport.inFlight.clear();
        drops.pass(Duration.ofSeconds(31));
        // Then
        assertThat(drops.transport.sent).hasSize(2);
        assertThat(drops.transport.sent.stream()
                        .map(InMemoryTransport.SentRun::runId)
                        .collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(drops.transport.sent.get(1).attempt()).isEqualTo(2);
    }

    @Test
    void optionsEditedBetweenCrashAndRestart_doNotChangeAClaimedRun() throws Exception {
        // Given
        drops.drop("dynoai.yaml", "clamp: 12\n");
        drops.drop("pull.csv", "a\n");
        drops.transport.down = true;
        drops.pass(Duration.ZERO);
        drops.pass(Duration.ofSeconds(2));
        assertThatThrownBy(() -> drops.pass(Duration.ofSeconds(3))).isInstanceOf(TransportUnavailableException.class);
        // When
        drops.drop("dynoai.yaml", "clamp: 5\n");
        drops.transport.down = false;
        drops.restart();
        drops.pass(SECOND);
        // Then
        assertThat(drops.transport.sent).hasSize(1);
        assertThat(drops.transport.sent.get(0).options()).containsEntry("clamp", "12.0");
        assertThat(drops.below("done")).contains("pull.csv");
    }

    @Test
    void crashBetweenClaimFileAndRename_leavesTheLogWhereItWas() throws Exception {
        // Given
        drops.transport.finishesAtOnce = false;
        drops.drop("pull.csv", "a\n");
        drops.passSettleTime();
        Path work = onlyFolderIn(drops.folder.resolve(".work"));
        Path yaml = work.resolve("run.yaml");
        Files.writeString(
                yaml,
                Files.readString(yaml).replaceAll("sha256: .*", "sha256: ''").replace("attempt: 1", "attempt: 0"));
        Files.move(work.resolve("pull.csv"), drops.folder.resolve("pull.csv"));
        drops.transport.sent.clear();
        drops.transport.ledger.clear();
        // When
        drops.restart();
        // Then
        assertThat(drops.below(".work")).isEmpty();
        drops.passSettleTime();
        assertThat(drops.transport.sent).hasSize(1);
    }

    @Test
    void crashInTheMiddleOfTheMoveToDone_isFinishedAtTheNextStart() throws Exception {
        // Given
        drops.transport.finishesAtOnce = false;
        drops.drop("pull.csv", "a\n");
        drops.drop("pull.csv.options.yaml", "clamp: 9\n");
        drops.passSettleTime();
        Path work = onlyFolderIn(drops.folder.resolve(".work"));
        String runId = work.getFileName().toString();
        Path day = Files.createDirectories(drops.folder.resolve("done").resolve(runId.substring(0, 10)));
        Files.move(work.resolve("pull.csv"), day.resolve(runId + "-pull.csv"));
        // When
        drops.restart();
        drops.pass(SECOND);
        // Then
        assertThat(drops.below("done")).containsExactly("pull.csv", "pull.csv.options.yaml", "pull.csv.run.yaml");
        assertThat(drops.below(".work")).isEmpty();
        assertThat(drops.transport.sent).hasSize(1);
    }

    private static Path onlyFolderIn(Path folder) throws Exception {
        try (var entries = Files.list(folder)) {
            return entries.toList().get(0);
        }
    }

    @Test
    void secondIngestOnTheSameRoot_isRefusedNamingTheFirst() {
        // Given the drops's own ingest on the root
        // When
        var second = assertThatThrownBy(() -> DropRoot.open(drops.folder));
        // Then
        second.isInstanceOf(DropRoot.RootTaken.class)
                .hasMessageContaining("process " + ProcessHandle.current().pid());
    }

    @Test
    void logsFromBeforeTheFirstStart_areTakenOnlyWhenAskedFor() throws Exception {
        // Given
        DropFolderFixture other = DropFolderFixture.in(Files.createDirectory(temp.resolve("other")));
        other.drop("old.csv", "a\n");
        // When
        other.start();
        other.passSettleTime();
        other.drop("new.csv", "b\n");
        other.passSettleTime();
        // Then
        assertThat(other.transport.sent)
                .extracting(InMemoryTransport.SentRun::text)
                .containsExactly("b\n");
        assertThat(other.state("old.csv").toString()).contains("--take-existing");
        assertThat(DropReport.of(other.folder).in(DropReport.State.LEFT_ALONE))
                .extracting(DropReport.Entry::file)
                .containsExactly("old.csv");
        other.with(other.settings().takeExisting(true)).restart();
        other.passSettleTime();
        assertThat(other.transport.sent).hasSize(2);
        other.close();
    }

    @Test
    void oneShopsManyFiles_doNotHoldBackAnotherShopsOne() throws Exception {
        // Given
        for (int i = 0; i < 50; i++) {
            drops.drop("big/pull-" + i + ".csv", "row " + i + "\n");
        }
        drops.drop("small/pull.csv", "small\n");
        // When
        drops.passSettleTime();
        // Then
        List<String> shops = drops.transport.sent.stream()
                .map(InMemoryTransport.SentRun::shop)
                .toList();
        assertThat(shops).hasSize(51);
        assertThat(shops.indexOf("small")).isLessThan(3);
    }

    @Test
    void fiveHundredFilesAtOnce_allEndInDoneOnce() throws Exception {
        // Given
        for (int i = 0; i < 500; i++) {
            drops.drop("pull-" + i + ".csv", "row " + i + "\n");
        }
        // When
        drops.passSettleTime();
        // Then
        Set<String> texts = drops.transport.sent.stream()
                .map(InMemoryTransport.SentRun::text)
                .collect(Collectors.toSet());
        assertThat(texts).hasSize(500);
        assertThat(drops.transport.sent).hasSize(500);
        assertThat(drops.below("done")).hasSize(1000);
        assertThat(drops.isIdle()).isTrue();
    }

    @Test
    void tooLargeLog_isRejectedWithoutBeingRead() throws Exception {
        // Given
        drops.close();
        drops.with(drops.settings().largestLog(10)).start();
        drops.drop("pull.csv", "0123456789abc\n");
        // When
        drops.passSettleTime();
        // Then
        assertThat(drops.transport.rejected).containsExactly("FILE_TOO_LARGE");
    }

    @Test
    void veryLongName_isShortenedAndKeepsItsExtension() throws Exception {
        // Given
        String name = "ü".repeat(110) + ".csv";
        drops.drop(name, "a\n");
        // When
        drops.passSettleTime();
        // Then
        assertThat(drops.below("done")).hasSize(2).allMatch(file -> file.contains(".csv"));
    }
}
