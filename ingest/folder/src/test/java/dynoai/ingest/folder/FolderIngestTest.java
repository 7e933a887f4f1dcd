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

    private DropFolderFixture bench;

    @BeforeEach
    void open() throws Exception {
        bench = DropFolderFixture.in(temp).start();
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void completeLog_becomesOneRunAndEndsInDone() throws Exception {
        // Given
        bench.drop("pull.csv", "rpm,map\n");
        // When
        bench.passSettleTime();
        // Then
        assertThat(bench.carrier.sent).hasSize(1);
        assertThat(bench.carrier.sent.get(0).shop()).isEqualTo("local");
        assertThat(bench.carrier.sent.get(0).cell()).isEqualTo("default");
        assertThat(bench.below("done")).containsExactly("pull.csv", "pull.csv.run.yaml");
        assertThat(bench.below(".work")).isEmpty();
        assertThat(bench.isIdle()).isTrue();
    }

    @Test
    void nearlyFullDisk_keepsLogsWaitingUntilThereIsRoomAgain() throws Exception {
        // Given
        bench.disk = new DiskRoom.Room(100L << 30, (5L << 30) - 1);
        bench.drop("pull.csv", "rpm,map\n");
        bench.passSettleTime();
        assertThat(bench.carrier.sent).isEmpty();
        assertThat(bench.folder.resolve("pull.csv")).exists();
        assertThat(bench.isIdle()).isFalse();
        // When
        bench.disk = new DiskRoom.Room(100L << 30, 5L << 30);
        bench.passSettleTime();
        // Then
        assertThat(bench.carrier.sent).hasSize(1);
        assertThat(bench.below("done")).containsExactly("pull.csv", "pull.csv.run.yaml");
        assertThat(bench.pauses).hasSize(2);
        assertThat(bench.pauses.get(0)).startsWith("only 5119 MiB are free on the disk of ");
        assertThat(bench.pauses.get(1)).isEmpty();
    }

    @Test
    void growingLog_isNotTakenBeforeItRests() throws Exception {
        // Given
        Path log = bench.drop("pull.csv", "a\n");
        bench.pass(Duration.ZERO);
        // When
        for (int i = 0; i < 10; i++) {
            Files.writeString(log, "row " + i + "\n", StandardOpenOption.APPEND);
            bench.pass(Duration.ofSeconds(2));
        }
        // Then
        assertThat(bench.carrier.sent).isEmpty();
        assertThat(bench.state("pull.csv")).isInstanceOf(FileState.Settling.class);
        bench.pass(Duration.ofSeconds(4));
        assertThat(bench.carrier.sent.get(0).text()).endsWith("row 9\n");
    }

    @Test
    void reservedSizeFilledLater_isNotTakenWhileItsTailIsEmpty() throws Exception {
        // Given
        Path log = bench.folder.resolve("copy.csv");
        FileTime reservedAt;
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[64]));
            reservedAt = Files.getLastModifiedTime(log);
            // When
            bench.passSettleTime();
            bench.passSettleTime();
            assertThat(bench.carrier.sent).isEmpty();
            file.position(0);
            file.write(ByteBuffer.wrap("x".repeat(64).getBytes()));
        }
        Files.setLastModifiedTime(log, reservedAt);
        bench.passSettleTime();
        // Then
        assertThat(bench.carrier.sent)
                .extracting(InMemoryTransport.SentRun::text)
                .containsExactly("x".repeat(64));
    }

    @Test
    void logRewrittenWithTheSameSizeAndTime_isSeenByItsTail() throws Exception {
        // Given
        Path log = bench.drop("pull.csv", "first\n");
        FileTime time = Files.getLastModifiedTime(log);
        bench.pass(Duration.ZERO);
        bench.pass(Duration.ofSeconds(2));
        // When
        Files.writeString(log, "other\n");
        Files.setLastModifiedTime(log, time);
        bench.pass(Duration.ofSeconds(2));
        // Then
        assertThat(bench.carrier.sent).isEmpty();
        bench.pass(Duration.ofSeconds(3));
        assertThat(bench.carrier.sent)
                .extracting(InMemoryTransport.SentRun::text)
                .containsExactly("other\n");
    }

    @Test
    void doneMark_takesTheLogAtOnceAndMovesAlong() throws Exception {
        // Given
        bench.drop("pull.csv", "a\n");
        bench.drop("pull.csv.done", "");
        // When
        bench.pass(Duration.ZERO);
        // Then
        assertThat(bench.below("done")).contains("pull.csv", "pull.csv.done");
    }

    @Test
    void fileRenamedFromAnUnfinishedName_isTakenAtOnce() throws Exception {
        // Given
        Path part = bench.drop("pull.csv.part", "a\n");
        bench.pass(Duration.ZERO);
        // When
        Files.move(part, bench.folder.resolve("pull.csv"));
        bench.pass(Duration.ofSeconds(2));
        // Then
        assertThat(bench.carrier.sent).hasSize(1);
    }

    @Test
    void shopAndCell_comeFromTheFolders() throws Exception {
        // Given
        bench.drop("north/pull.csv", "a\n");
        bench.drop("north/cell-2/pull.csv", "b\n");
        // When
        bench.passSettleTime();
        // Then
        assertThat(bench.carrier.sent)
                .extracting(run -> run.shop() + "/" + run.cell())
                .containsExactlyInAnyOrder("north/default", "north/cell-2");
    }

    @Test
    void whatIsNoLog_isLeftAloneWithTheReason() throws Exception {
        // Given
        bench.drop("a/b/c/deep.csv", "a\n");
        bench.drop("two words/pull.csv", "a\n");
        bench.drop("notes.doc", "a\n");
        bench.drop("empty.csv", "");
        Files.createDirectories(bench.folder.resolve("folder.csv"));
        // When
        bench.passSettleTime();
        // Then
        assertThat(bench.state("a/b/c")).isEqualTo(new FileState.LeftAlone("deeper than shop/cell/LOG"));
        assertThat(bench.state("two words").toString()).contains("no valid shop id");
        assertThat(bench.state("notes.doc")).isInstanceOf(FileState.LeftAlone.class);
        assertThat(bench.state("empty.csv")).isEqualTo(new FileState.LeftAlone("empty so far"));
        assertThat(bench.state("folder.csv")).isEqualTo(new FileState.LeftAlone("a folder with the name of a log"));
        assertThat(bench.carrier.sent).isEmpty();
        assertThat(bench.isIdle()).isTrue();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void pipeAndSymlinkNamedLikeLogs_areLeftAlone() throws Exception {
        // Given
        Path secret = Files.writeString(temp.resolve("secret.csv"), "a\n");
        Files.createSymbolicLink(bench.folder.resolve("link.csv"), secret);
        new ProcessBuilder("mkfifo", bench.folder.resolve("pipe.csv").toString())
                .start()
                .waitFor();
        // When
        bench.passSettleTime();
        // Then
        assertThat(bench.state("link.csv").toString()).contains("symbolic link");
        assertThat(bench.state("pipe.csv")).isEqualTo(new FileState.LeftAlone("no regular file"));
        assertThat(bench.carrier.sent).isEmpty();
    }

    @Test
    void logThatVanishesBeforeItIsRead_isForgotten() throws Exception {
        // Given
        Path log = bench.drop("pull.csv", "a\n");
        bench.pass(Duration.ZERO);
        // When
        Files.delete(log);
        bench.passSettleTime();
        // Then
        assertThat(bench.carrier.sent).isEmpty();
        assertThat(bench.isIdle()).isTrue();
    }

    @Test
    void sameBytesAgain_areADuplicateUnderAnyName() throws Exception {
        // Given
        bench.drop("pull.csv", "a\n");
        bench.passSettleTime();
        // When
        bench.drop("again.csv", "a\n");
        bench.passSettleTime();
        // Then
        assertThat(bench.carrier.sent).hasSize(1);
        assertThat(bench.below("duplicates"))
                .containsExactly("again.csv/again.csv", "again.csv/reason.json", "again.csv/run.yaml");
        assertThat(bench.state("again.csv")).isInstanceOf(FileState.Duplicate.class);
    }

    @Test
    void sameBytesInAnotherShopOrWithOtherOptions_areAnotherRun() throws Exception {
        // Given
        bench.drop("pull.csv", "a\n");
        bench.drop("north/pull.csv", "a\n");
        bench.drop("other.csv", "a\n");
        bench.drop("other.csv.options.yaml", "clamp: 12\n");
        bench.drop("same.csv", "a\n");
        bench.drop("same.csv.options.yaml", "clamp: 7\n");
        // When
        bench.passSettleTime();
        // Then
        assertThat(bench.carrier.sent).hasSize(3);
        assertThat(bench.below("duplicates")).hasSize(4);
    }

    @Test
    void sameNameWithOtherBytes_isAnotherRunAndOverwritesNothing() throws Exception {
        // Given
        bench.drop("pull.csv", "a\n");
        bench.passSettleTime();
        // When
        bench.drop("pull.csv", "b\n");
        bench.passSettleTime();
        // Then
        assertThat(bench.below("done"))
                .containsExactly("pull.csv", "pull.csv", "pull.csv.run.yaml", "pull.csv.run.yaml");
    }

    @Test
    void refusedLog_liesInRejectedWithItsReason() throws Exception {
        // Given
        bench.drop("pull.csv", "garbage\n");
        // When
        bench.passSettleTime();
        // Then
        assertThat(bench.below("rejected")).contains("pull.csv/pull.csv", "pull.csv/reason.json");
        assertThat(bench.carrier.refused).containsExactly("NOT_TEXT");
        assertThat(bench.carrier.sent).isEmpty();
    }

    @Test
    void unknownOption_isRefusedByName() throws Exception {
        // Given
        bench.drop("north/dynoai.yaml", "clmap: 12\n");
        bench.drop("north/pull.csv", "a\n");
        // When
        bench.passSettleTime();
        // Then
        assertThat(bench.carrier.refused).containsExactly("OPTION_REFUSED");
        assertThat(onlyReason()).contains("unknown option 'clmap'");
    }

    private String onlyReason() throws Exception {
        try (var files = Files.walk(bench.folder.resolve("rejected"))) {
            Path reason = files.filter(file -> file.endsWith("reason.json"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(reason);
        }
    }

    @Test
    void sidecar_beatsTheFoldersOptions() throws Exception {
        // Given
        bench.drop("dynoai.yaml", "clamp: 12\nsmooth_passes: 4\n");
        bench.drop("pull.csv", "a\n");
        bench.drop("pull.csv.options.yaml", "clamp: 9\n");
        // When
        bench.passSettleTime();
        // Then
        assertThat(bench.carrier.sent.get(0).options())
                .containsEntry("clamp", "9.0")
                .containsEntry("smooth_passes", "4");
        assertThat(bench.below("done")).contains("pull.csv.options.yaml");
    }

    @Test
    void baseTable_isKeptByItsHashAndIsNoLog() throws Exception {
        // Given
        bench.drop("base.csv", "RPM,35\n");
        bench.drop("dynoai.yaml", "base_front: base.csv\n");
        bench.drop("pull.csv", "a\n");
        // When
        bench.passSettleTime();
        // Then
        assertThat(bench.carrier.sent).hasSize(1);
        String base = bench.carrier.sent.get(0).optionFiles().get("base_front");
        assertThat(ContentPath.of(bench.store, base)).hasContent("RPM,35\n");
        assertThat(bench.folder.resolve("base.csv")).exists();
    }

    @Test
    void baseTableOutsideTheDropFolder_isRefused() throws Exception {
        // Given
        Files.writeString(temp.resolve("secret.csv"), "a\n");
        bench.drop("dynoai.yaml", "base_front: ../secret.csv\n");
        bench.drop("pull.csv", "a\n");
        // When
        bench.passSettleTime();
        // Then
        assertThat(bench.carrier.refused).containsExactly("BASE_TABLE_OUTSIDE");
    }

    @Test
    void failedRun_isRejectedAndMayBeTriedAgain() throws Exception {
        // Given
        bench.carrier.finishesAtOnce = false;
        bench.drop("pull.csv", "a\n");
        bench.passSettleTime();
        // When
        bench.carrier.outcomes.add(new RunTransport.RunOutcome(
                bench.carrier.sent.get(0).runId(),
                1,
                "",
                Optional.of(Rejection.of(FailureCode.RUN_FAILED, "it failed", ""))));
        bench.pass(SECOND);
        // Then
        assertThat(bench.state("pull.csv")).isInstanceOf(FileState.Rejected.class);
        assertThat(bench.carrier.ledger).isEmpty();
        assertThat(bench.carrier.abandoned)
                .containsExactly(bench.carrier.sent.get(0).runId() + " attempt 1: RUN_FAILED");
    }

    @Test
    void runThatKafkaLostAPartOf_isSentAgainTwiceBeforeItIsRejected() throws Exception {
        // Given
        bench.carrier.finishesAtOnce = false;
        bench.drop("pull.csv", "a\n");
        bench.passSettleTime();
        String run = bench.carrier.sent.get(0).runId();
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(bench.carrier.sent).hasSize(attempt);
            assertThat(bench.below("rejected")).isEmpty();
            // When
            bench.carrier.outcomes.add(new RunTransport.RunOutcome(
                    run, attempt, "", Optional.of(Rejection.of(FailureCode.BLOCKS_MISSING, "block 3 is missing", ""))));
            bench.pass(SECOND);
        }
        // Then
        assertThat(bench.carrier.sent)
                .extracting(InMemoryTransport.SentRun::attempt)
                .containsExactly(1, 2, 3);
        assertThat(bench.state("pull.csv")).isInstanceOf(FileState.Rejected.class);
    }

    @Test
    void successOfAnotherLog_doesNotEndTheRun() throws Exception {
        // Given
        bench.carrier.finishesAtOnce = false;
        bench.drop("pull.csv", "a\n");
        bench.passSettleTime();
        // When
        String run = bench.carrier.sent.get(0).runId();
        bench.carrier.outcomes.add(new RunTransport.RunOutcome(run, 1, "", Optional.empty()));
        bench.carrier.outcomes.add(
                new RunTransport.RunOutcome(run, 2, bench.carrier.sent.get(0).sha256(), Optional.empty()));
        bench.pass(SECOND);
        // Then
        assertThat(bench.below("done")).isEmpty();
        bench.carrier.finish(0);
        bench.pass(SECOND);
        assertThat(bench.below("done")).isNotEmpty();
    }

    @Test
    void outcomeOfAnEarlierAttempt_doesNotFailTheRun() throws Exception {
        // Given
        bench.carrier.finishesAtOnce = false;
        bench.drop("pull.csv", "a\n");
        bench.passSettleTime();
        bench.carrier.underway.clear();
        bench.restart();
        bench.pass(SECOND);
        // When
        bench.carrier.outcomes.add(new RunTransport.RunOutcome(
                bench.carrier.sent.get(0).runId(),
                1,
                "",
                Optional.of(Rejection.of(FailureCode.RUN_FAILED, "it failed", ""))));
        bench.pass(SECOND);
        // Then
        assertThat(bench.carrier.sent)
                .extracting(InMemoryTransport.SentRun::attempt)
                .containsExactly(1, 2);
        assertThat(bench.below("rejected")).isEmpty();
    }

    @Test
    void sentRunStillUnderway_isNotSentAgainAfterARestart() throws Exception {
        // Given
        bench.carrier.finishesAtOnce = false;
        bench.drop("pull.csv", "a\n");
        bench.passSettleTime();
        // When
        bench.restart();
        bench.passSettleTime();
        // Then
        assertThat(bench.carrier.sent).hasSize(1);
        assertThat(bench.isIdle()).isFalse();
    }

    @Test
    void sentRunLostInTransit_isSentAgainUnderTheSameId() throws Exception {
        // Given
        bench.carrier.finishesAtOnce = false;
        bench.drop("pull.csv", "a\n");
        bench.passSettleTime();
        // When
        bench.carrier.underway.clear();
        bench.pass(Duration.ofSeconds(31));
        // Then
        assertThat(bench.carrier.sent).hasSize(2);
        assertThat(bench.carrier.sent.stream()
                        .map(InMemoryTransport.SentRun::runId)
                        .collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(bench.carrier.sent.get(1).attempt()).isEqualTo(2);
    }

    @Test
    void optionsEditedBetweenCrashAndRestart_doNotChangeAClaimedRun() throws Exception {
        // Given
        bench.drop("dynoai.yaml", "clamp: 12\n");
        bench.drop("pull.csv", "a\n");
        bench.carrier.down = true;
        bench.pass(Duration.ZERO);
        bench.pass(Duration.ofSeconds(2));
        assertThatThrownBy(() -> bench.pass(Duration.ofSeconds(3))).isInstanceOf(RunTransport.CarrierDown.class);
        // When
        bench.drop("dynoai.yaml", "clamp: 5\n");
        bench.carrier.down = false;
        bench.restart();
        bench.pass(SECOND);
        // Then
        assertThat(bench.carrier.sent).hasSize(1);
        assertThat(bench.carrier.sent.get(0).options()).containsEntry("clamp", "12.0");
        assertThat(bench.below("done")).contains("pull.csv");
    }

    @Test
    void crashBetweenClaimFileAndRename_leavesTheLogWhereItWas() throws Exception {
        // Given
        bench.carrier.finishesAtOnce = false;
        bench.drop("pull.csv", "a\n");
        bench.passSettleTime();
        Path work = onlyFolderIn(bench.folder.resolve(".work"));
        Path yaml = work.resolve("run.yaml");
        Files.writeString(
                yaml,
                Files.readString(yaml).replaceAll("sha256: .*", "sha256: ''").replace("attempt: 1", "attempt: 0"));
        Files.move(work.resolve("pull.csv"), bench.folder.resolve("pull.csv"));
        bench.carrier.sent.clear();
        bench.carrier.ledger.clear();
        // When
        bench.restart();
        // Then
        assertThat(bench.below(".work")).isEmpty();
        bench.passSettleTime();
        assertThat(bench.carrier.sent).hasSize(1);
    }

    @Test
    void crashInTheMiddleOfTheMoveToDone_isFinishedAtTheNextStart() throws Exception {
        // Given
        bench.carrier.finishesAtOnce = false;
        bench.drop("pull.csv", "a\n");
        bench.drop("pull.csv.options.yaml", "clamp: 9\n");
        bench.passSettleTime();
        Path work = onlyFolderIn(bench.folder.resolve(".work"));
        String runId = work.getFileName().toString();
        Path day = Files.createDirectories(bench.folder.resolve("done").resolve(runId.substring(0, 10)));
        Files.move(work.resolve("pull.csv"), day.resolve(runId + "-pull.csv"));
        // When
        bench.restart();
        bench.pass(SECOND);
        // Then
        assertThat(bench.below("done")).containsExactly("pull.csv", "pull.csv.options.yaml", "pull.csv.run.yaml");
        assertThat(bench.below(".work")).isEmpty();
        assertThat(bench.carrier.sent).hasSize(1);
    }

    private static Path onlyFolderIn(Path folder) throws Exception {
        try (var entries = Files.list(folder)) {
            return entries.toList().get(0);
        }
    }

    @Test
    void secondIngestOnTheSameRoot_isRefusedNamingTheFirst() {
        // Given the bench's own ingest on the root
        // When
        var second = assertThatThrownBy(() -> DropRoot.open(bench.folder));
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
        assertThat(other.carrier.sent)
                .extracting(InMemoryTransport.SentRun::text)
                .containsExactly("b\n");
        assertThat(other.state("old.csv").toString()).contains("--take-existing");
        assertThat(DropReport.of(other.folder).in(DropReport.State.LEFT_ALONE))
                .extracting(DropReport.Entry::file)
                .containsExactly("old.csv");
        other.with(other.settings().takeExisting(true)).restart();
        other.passSettleTime();
        assertThat(other.carrier.sent).hasSize(2);
        other.close();
    }

    @Test
    void oneShopsManyFiles_doNotHoldBackAnotherShopsOne() throws Exception {
        // Given
        for (int i = 0; i < 50; i++) {
            bench.drop("big/pull-" + i + ".csv", "row " + i + "\n");
        }
        bench.drop("small/pull.csv", "small\n");
        // When
        bench.passSettleTime();
        // Then
        List<String> shops =
                bench.carrier.sent.stream().map(InMemoryTransport.SentRun::shop).toList();
        assertThat(shops).hasSize(51);
        assertThat(shops.indexOf("small")).isLessThan(3);
    }

    @Test
    void fiveHundredFilesAtOnce_allEndInDoneOnce() throws Exception {
        // Given
        for (int i = 0; i < 500; i++) {
            bench.drop("pull-" + i + ".csv", "row " + i + "\n");
        }
        // When
        bench.passSettleTime();
        // Then
        Set<String> texts =
                bench.carrier.sent.stream().map(InMemoryTransport.SentRun::text).collect(Collectors.toSet());
        assertThat(texts).hasSize(500);
        assertThat(bench.carrier.sent).hasSize(500);
        assertThat(bench.below("done")).hasSize(1000);
        assertThat(bench.isIdle()).isTrue();
    }

    @Test
    void tooLargeLog_isRejectedWithoutBeingRead() throws Exception {
        // Given
        bench.close();
        bench.with(bench.settings().largestLog(10)).start();
        bench.drop("pull.csv", "0123456789abc\n");
        // When
        bench.passSettleTime();
        // Then
        assertThat(bench.carrier.refused).containsExactly("FILE_TOO_LARGE");
    }

    @Test
    void veryLongName_isShortenedAndKeepsItsExtension() throws Exception {
        // Given
        String name = "ü".repeat(110) + ".csv";
        bench.drop(name, "a\n");
        // When
        bench.passSettleTime();
        // Then
        assertThat(bench.below("done")).hasSize(2).allMatch(file -> file.contains(".csv"));
    }
}
