package dynoai.ingest.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.run.FileState;
import dynoai.ingest.folder.run.RunTransport;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.schemas.file.ContentPath;
import dynoai.schemas.file.DiskRoom;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class FolderIngestTest extends DropFolderCase {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void completeLog_becomesOneRunAndIsArchived() throws Exception {
        // Given
        ingest.drop("pull.csv", "rpm,map\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent).hasSize(1);
        assertThat(ingest.transport.sent.get(0).shop()).isEqualTo("local");
        assertThat(ingest.transport.sent.get(0).cell()).isEqualTo("default");
        assertThat(ingest.filesIn("done")).containsExactly("pull.csv", "pull.csv.run.yaml");
        assertThat(ingest.filesIn(".work")).isEmpty();
        assertThat(ingest.isIdle()).isTrue();
    }

    @Test
    void nearlyFullDisk_pausesClaiming() throws Exception {
        // Given
        ingest.disk = new DiskRoom.Room(100L << 30, (5L << 30) - 1);
        ingest.drop("pull.csv", "rpm,map\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent).isEmpty();
        assertThat(ingest.folder.resolve("pull.csv")).exists();
        assertThat(ingest.isIdle()).isFalse();
        assertThat(ingest.pauses).singleElement().asString().startsWith("only 5119 MiB are free on the disk of ");
    }

    @Test
    void diskWithRoomAgain_resumesClaiming() throws Exception {
        // Given
        ingest.disk = new DiskRoom.Room(100L << 30, (5L << 30) - 1);
        ingest.drop("pull.csv", "rpm,map\n");
        ingest.passSettleTime();
        ingest.disk = new DiskRoom.Room(100L << 30, 5L << 30);
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.filesIn("done")).containsExactly("pull.csv", "pull.csv.run.yaml");
        assertThat(ingest.pauses).hasSize(2).last().asString().isEmpty();
    }

    @Test
    void logThatSettlesBetweenTwoPolls_isClaimedAtOnce() throws Exception {
        // Given
        ingest.drop("pull.csv", "rows");
        ingest.pass(Duration.ZERO);
        ingest.pass(ingest.settings().poll());

        // When
        ingest.pass(ingest.settings().settle().minus(ingest.settings().poll()));

        // Then
        assertThat(ingest.filesIn("done")).contains("pull.csv");
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void newFolderWithoutLogs_isWatched() throws Exception {
        // Given
        ingest.close();
        ingest.with(ingest.settings().watch(true).poll(Duration.ofHours(1))).start();
        Files.createDirectories(ingest.folder.resolve("shop/cell"));
        ingest.awaitWork();
        ingest.pass(Duration.ofHours(2));
        ingest.drop("shop/cell/pull.csv", "rows");
        ingest.awaitWork();

        // When
        ingest.pass(Duration.ofSeconds(1));

        // Then
        assertThat(ingest.state("shop/cell/pull.csv")).isInstanceOf(FileState.Settling.class);
    }

    @Test
    void growingLog_isNotClaimed() throws Exception {
        // Given
        Path log = ingest.drop("pull.csv", "a\n");
        ingest.pass(Duration.ZERO);
        // When
        grow(log);
        // Then
        assertThat(ingest.transport.sent).isEmpty();
        assertThat(ingest.state("pull.csv")).isInstanceOf(FileState.Settling.class);
    }

    @Test
    void logThatStoppedGrowing_isSentWhole() throws Exception {
        // Given
        Path log = ingest.drop("pull.csv", "a\n");
        ingest.pass(Duration.ZERO);
        grow(log);
        // When
        ingest.pass(Duration.ofSeconds(4));
        // Then
        assertThat(ingest.transport.sent.get(0).text()).endsWith("row 9\n");
    }

    private void grow(Path log) throws Exception {
        for (int i = 0; i < 10; i++) {
            Files.writeString(log, "row " + i + "\n", StandardOpenOption.APPEND);
            ingest.pass(Duration.ofSeconds(2));
        }
    }

    @Test
    void reservedFile_isNotClaimedWhileItsTailIsEmpty() throws Exception {
        // Given
        Files.write(ingest.folder.resolve("copy.csv"), new byte[64]);
        // When
        ingest.passSettleTime();
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent).isEmpty();
    }

    @Test
    void reservedFileThatIsFilledWithinItsSizeAndTime_isSentWhole() throws Exception {
        // Given
        Path log = Files.write(ingest.folder.resolve("copy.csv"), new byte[64]);
        FileTime reservedAt = Files.getLastModifiedTime(log);
        ingest.passSettleTime();
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap("x".repeat(64).getBytes()));
        }
        Files.setLastModifiedTime(log, reservedAt);
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent)
                .extracting(InMemoryTransport.SentRun::text)
                .containsExactly("x".repeat(64));
    }

    @Test
    void logRewrittenWithTheSameSizeAndTime_settlesAgain() throws Exception {
        // Given
        rewriteWhileSettling("pull.csv");
        // When
        ingest.pass(Duration.ofSeconds(2));
        // Then
        assertThat(ingest.transport.sent).isEmpty();
    }

    @Test
    void logRewrittenWithTheSameSizeAndTime_isSentAsRewritten() throws Exception {
        // Given
        rewriteWhileSettling("pull.csv");
        ingest.pass(Duration.ofSeconds(2));
        // When
        ingest.pass(Duration.ofSeconds(3));
        // Then
        assertThat(ingest.transport.sent)
                .extracting(InMemoryTransport.SentRun::text)
                .containsExactly("other\n");
    }

    private void rewriteWhileSettling(String name) throws Exception {
        Path log = ingest.drop(name, "first\n");
        FileTime time = Files.getLastModifiedTime(log);
        ingest.pass(Duration.ZERO);
        ingest.pass(Duration.ofSeconds(2));
        Files.writeString(log, "other\n");
        Files.setLastModifiedTime(log, time);
    }

    @Test
    void doneMark_makesTheLogCompleteAtOnceAndIsArchivedWithIt() throws Exception {
        // Given
        ingest.drop("pull.csv", "a\n");
        ingest.drop("pull.csv.done", "");
        // When
        ingest.pass(Duration.ZERO);
        // Then
        assertThat(ingest.filesIn("done")).contains("pull.csv", "pull.csv.done");
    }

    @Test
    void fileRenamedFromAnUnfinishedName_isClaimedAtOnce() throws Exception {
        // Given
        Path part = ingest.drop("pull.csv.part", "a\n");
        ingest.pass(Duration.ZERO);
        // When
        Files.move(part, ingest.folder.resolve("pull.csv"));
        ingest.pass(Duration.ofSeconds(2));
        // Then
        assertThat(ingest.transport.sent).hasSize(1);
    }

    @Test
    void shopAndCell_comeFromTheFolders() throws Exception {
        // Given
        ingest.drop("north/pull.csv", "a\n");
        ingest.drop("north/cell-2/pull.csv", "b\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent)
                .extracting(run -> run.shop() + "/" + run.cell())
                .containsExactlyInAnyOrder("north/default", "north/cell-2");
    }

    @Test
    void bike_comesFromTheFolderOrFromTheOptions() throws Exception {
        // Given
        ingest.drop("north/bay-1/flhx/pull.csv", "a\n");
        ingest.drop("north/bay-1/other.csv", "b\n");
        ingest.drop("north/bay-1/other.csv.options.yaml", "vehicle: dyna-2019\nclamp: 9\n");
        ingest.drop("lone.csv", "c\n");
        ingest.drop("dynoai.yaml", "vehicle: own\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent)
                .extracting(InMemoryTransport.SentRun::place)
                .containsExactlyInAnyOrder(
                        "north/bay-1/flhx/pull.csv", "north/bay-1/dyna-2019/other.csv", "local/default/own/lone.csv");
        assertThat(ingest.transport.sent).noneMatch(run -> run.options().containsKey("vehicle"));
        assertThat(ingest.filesIn("done")).contains("pull.csv", "other.csv", "lone.csv");
    }

    @Test
    void invalidVehicle_rejectsTheLog() throws Exception {
        // Given
        ingest.drop("pull.csv", "a\n");
        ingest.drop("pull.csv.options.yaml", "vehicle: Bob's bike\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent).isEmpty();
        assertThat(ingest.filesIn("rejected")).isNotEmpty();
    }

    @Test
    void nonLog_isLeftAloneWithTheReason() throws Exception {
        // Given
        ingest.drop("a/b/c/d/deep.csv", "a\n");
        ingest.drop("two words/pull.csv", "a\n");
        ingest.drop("notes.doc", "a\n");
        ingest.drop("empty.csv", "");
        Files.createDirectories(ingest.folder.resolve("folder.csv"));
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.state("a/b/c/d")).isEqualTo(new FileState.LeftAlone("deeper than shop/cell/bike/LOG"));
        assertThat(ingest.state("two words").toString()).contains("not a valid shop id");
        assertThat(ingest.state("notes.doc")).isInstanceOf(FileState.LeftAlone.class);
        assertThat(ingest.state("empty.csv")).isEqualTo(new FileState.LeftAlone("empty so far"));
        assertThat(ingest.state("folder.csv")).isEqualTo(new FileState.LeftAlone("a folder with the name of a log"));
        assertThat(ingest.transport.sent).isEmpty();
        assertThat(ingest.isIdle()).isTrue();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void pipeAndSymlinkNamedLikeLogs_areLeftAlone() throws Exception {
        // Given
        Path secret = Files.writeString(temp.resolve("secret.csv"), "a\n");
        Files.createSymbolicLink(ingest.folder.resolve("link.csv"), secret);
        new ProcessBuilder("mkfifo", ingest.folder.resolve("pipe.csv").toString())
                .start()
                .waitFor();
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.state("link.csv").toString()).contains("symbolic link");
        assertThat(ingest.state("pipe.csv")).isEqualTo(new FileState.LeftAlone("not a regular file"));
        assertThat(ingest.transport.sent).isEmpty();
    }

    @Test
    void logThatVanishesBeforeItIsRead_isForgotten() throws Exception {
        // Given
        Path log = ingest.drop("pull.csv", "a\n");
        ingest.pass(Duration.ZERO);
        // When
        Files.delete(log);
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent).isEmpty();
        assertThat(ingest.isIdle()).isTrue();
    }

    @Test
    void sameBytesAgain_areADuplicateUnderAnyName() throws Exception {
        // Given
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        // When
        ingest.drop("again.csv", "a\n");
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent).hasSize(1);
        assertThat(ingest.filesIn("duplicates"))
                .containsExactly("again.csv/again.csv", "again.csv/reason.json", "again.csv/run.yaml");
        assertThat(ingest.state("again.csv")).isInstanceOf(FileState.Duplicate.class);
    }

    @Test
    void sameBytesAgain_areANewRunOnceTheirLogHasLeftTheStore() throws Exception {
        // Given
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        Files.delete(ContentPath.of(ingest.store, Sha256.hex("a\n".getBytes(StandardCharsets.UTF_8))));
        // When
        ingest.drop("again.csv", "a\n");
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent).hasSize(2);
        assertThat(ingest.filesIn("duplicates")).isEmpty();
    }

    @Test
    void sameBytesInAnotherShopOrWithOtherOptions_areAnotherRun() throws Exception {
        // Given
        ingest.drop("pull.csv", "a\n");
        ingest.drop("north/pull.csv", "a\n");
        ingest.drop("other.csv", "a\n");
        ingest.drop("other.csv.options.yaml", "clamp: 12\n");
        ingest.drop("same.csv", "a\n");
        ingest.drop("same.csv.options.yaml", "clamp: 7\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent).hasSize(3);
        assertThat(ingest.filesIn("duplicates")).hasSize(4);
    }

    @Test
    void sameNameWithOtherBytes_isAnotherRunAndOverwritesNothing() throws Exception {
        // Given
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        // When
        ingest.drop("pull.csv", "b\n");
        ingest.passSettleTime();
        // Then
        assertThat(ingest.filesIn("done"))
                .containsExactly("pull.csv", "pull.csv", "pull.csv.run.yaml", "pull.csv.run.yaml");
    }

    @Test
    void rejectedLog_isArchivedWithItsReason() throws Exception {
        // Given
        ingest.drop("pull.csv", "garbage\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.filesIn("rejected")).contains("pull.csv/pull.csv", "pull.csv/reason.json");
        assertThat(ingest.transport.rejected).containsExactly("NOT_TEXT");
        assertThat(ingest.transport.sent).isEmpty();
    }

    @Test
    void unknownOption_rejectsTheLogByName() throws Exception {
        // Given
        ingest.drop("north/dynoai.yaml", "clmap: 12\n");
        ingest.drop("north/pull.csv", "a\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.rejected).containsExactly("OPTION_REFUSED");
        assertThat(onlyReason()).contains("unknown option 'clmap'");
    }

    private String onlyReason() throws Exception {
        try (var files = Files.walk(ingest.folder.resolve("rejected"))) {
            Path reason = files.filter(file -> file.endsWith("reason.json"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(reason);
        }
    }

    @Test
    void sidecar_overridesTheOptionsOfItsFolder() throws Exception {
        // Given
        ingest.drop("dynoai.yaml", "clamp: 12\nsmooth_passes: 4\n");
        ingest.drop("pull.csv", "a\n");
        ingest.drop("pull.csv.options.yaml", "clamp: 9\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent.get(0).options())
                .containsEntry("clamp", "9.0")
                .containsEntry("smooth_passes", "4");
        assertThat(ingest.filesIn("done")).contains("pull.csv.options.yaml");
    }

    @Test
    void columns_areAMappingInTheOptionsOfAFolder() throws Exception {
        // Given
        ingest.drop("dynoai.yaml", "columns: {kpa: MAP Load, rpm: Engine}\n");
        ingest.drop("pull.csv", "a\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent.get(0).options()).containsEntry("columns", "rpm=Engine\nkpa=MAP Load");
    }

    @Test
    void baseTable_isStoredByItsHashAndIsNotALog() throws Exception {
        // Given
        ingest.drop("base.csv", "RPM,35\n");
        ingest.drop("dynoai.yaml", "base_front: base.csv\n");
        ingest.drop("pull.csv", "a\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent).hasSize(1);
        String base = ingest.transport.sent.get(0).optionFiles().get("base_front");
        assertThat(ContentPath.of(ingest.store, base)).hasContent("RPM,35\n");
        assertThat(ingest.folder.resolve("base.csv")).exists();
    }

    @Test
    void baseTableOutsideTheDropFolder_rejectsTheLog() throws Exception {
        // Given
        Files.writeString(temp.resolve("secret.csv"), "a\n");
        ingest.drop("dynoai.yaml", "base_front: ../secret.csv\n");
        ingest.drop("pull.csv", "a\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.rejected).containsExactly("BASE_TABLE_OUTSIDE");
    }

    @Test
    void failedRun_isRejectedAndItsIdentityIsFreeAgain() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        // When
        fail(1, Rejection.of(FailureCode.RUN_FAILED, "it failed", ""));
        // Then
        assertThat(ingest.state("pull.csv")).isInstanceOf(FileState.Rejected.class);
        assertThat(ingest.transport.ledger).isEmpty();
        assertThat(ingest.transport.abandoned)
                .containsExactly(ingest.transport.sent.get(0).runId() + " attempt 1: RUN_FAILED");
    }

    @Test
    void runWithLostRecords_isResentTwice() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        // When
        loseBlocks(1);
        loseBlocks(2);
        // Then
        assertThat(ingest.transport.sent)
                .extracting(InMemoryTransport.SentRun::attempt)
                .containsExactly(1, 2, 3);
        assertThat(ingest.filesIn("rejected")).isEmpty();
    }

    @Test
    void runWithRecordsLostThreeTimes_isRejected() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        loseBlocks(1);
        loseBlocks(2);
        // When
        loseBlocks(3);
        // Then
        assertThat(ingest.transport.sent).hasSize(3);
        assertThat(ingest.state("pull.csv")).isInstanceOf(FileState.Rejected.class);
    }

    private void loseBlocks(int attempt) throws Exception {
        fail(attempt, Rejection.of(FailureCode.BLOCKS_MISSING, "block 3 is missing", ""));
    }

    private void fail(int attempt, Rejection rejection) throws Exception {
        RunKey run = ingest.transport.sent.get(0).key();
        ingest.transport.results.add(new RunTransport.Result(run, attempt, "", Optional.of(rejection), true));
        ingest.pass(SECOND);
    }

    @Test
    void successWithAnotherHashOrAttempt_doesNotEndTheRun() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        InMemoryTransport.SentRun run = ingest.transport.sent.get(0);
        ingest.transport.results.add(new RunTransport.Result(run.key(), 1, "", Optional.empty(), true));
        ingest.transport.results.add(new RunTransport.Result(run.key(), 2, run.sha256(), Optional.empty(), true));
        // When
        ingest.pass(SECOND);
        // Then
        assertThat(ingest.filesIn("done")).isEmpty();
        assertThat(ingest.warnings).hasSize(2).allMatch(warning -> warning.contains("not of this log"));
        assertThat(ingest.failures).isEmpty();
    }

    @Test
    void forgedSuccess_doesNotHideTheRunsOwn() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        RunKey run = ingest.transport.sent.get(0).key();
        ingest.transport.results.add(new RunTransport.Result(run, 1, "", Optional.empty(), true));
        ingest.transport.finish(0);
        // When
        ingest.pass(SECOND);
        // Then
        assertThat(ingest.filesIn("done")).isNotEmpty();
    }

    @Test
    void unsignedSuccess_doesNotEndTheRun() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        InMemoryTransport.SentRun run = ingest.transport.sent.get(0);
        ingest.transport.results.add(new RunTransport.Result(run.key(), 1, run.sha256(), Optional.empty(), false));
        // When
        ingest.pass(SECOND);
        // Then
        assertThat(ingest.filesIn("done")).isEmpty();
        assertThat(ingest.warnings).singleElement().asString().contains("not signed");
    }

    @Test
    void unsignedFailureOfARunInFlight_doesNotEndTheRun() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        unsignedFailure();
        // When
        ingest.transport.finish(0);
        ingest.pass(SECOND);
        // Then
        assertThat(ingest.transport.sent).hasSize(1);
        assertThat(ingest.state("pull.csv")).isInstanceOf(FileState.Done.class);
        assertThat(ingest.warnings).singleElement().asString().contains("looking for the run");
    }

    @Test
    void unsignedFailuresOfARunNotInFlight_areResentAndThenFailIt() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        for (int attempt = 1; attempt < 3; attempt++) {
            ingest.transport.inFlight.clear();
            unsignedFailure();
        }
        // When
        ingest.transport.inFlight.clear();
        unsignedFailure();
        // Then
        assertThat(ingest.transport.sent).hasSize(3);
        assertThat(ingest.state("pull.csv")).isInstanceOf(FileState.Rejected.class);
    }

    private void unsignedFailure() throws Exception {
        RunKey run = ingest.transport.sent.get(0).key();
        Rejection why = Rejection.of(FailureCode.EXPORT_FAILED, "forged", "");
        ingest.transport.results.add(new RunTransport.Result(run, 0, "", Optional.of(why), false));
        for (int seconds = 0; seconds < 5; seconds++) {
            ingest.pass(SECOND);
        }
    }

    @Test
    void failureOfAnEarlierAttempt_doesNotFailTheRun() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        ingest.transport.inFlight.clear();
        ingest.restart();
        ingest.pass(SECOND);
        // When
        fail(1, Rejection.of(FailureCode.RUN_FAILED, "it failed", ""));
        // Then
        assertThat(ingest.transport.sent)
                .extracting(InMemoryTransport.SentRun::attempt)
                .containsExactly(1, 2);
        assertThat(ingest.filesIn("rejected")).isEmpty();
    }

    @Test
    void runInFlight_isNotResentAfterARestart() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        // When
        ingest.restart();
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent).hasSize(1);
        assertThat(ingest.isIdle()).isFalse();
    }

    @Test
    void runLostByKafka_isResentUnderTheSameId() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        // When
        ingest.transport.inFlight.clear();
        ingest.pass(Duration.ofSeconds(31));
        // Then
        assertThat(ingest.transport.sent).hasSize(2);
        assertThat(ingest.transport.sent.stream()
                        .map(InMemoryTransport.SentRun::runId)
                        .collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(ingest.transport.sent.get(1).attempt()).isEqualTo(2);
    }

    @Test
    void optionsEditedBetweenCrashAndRestart_doNotChangeAClaimedRun() throws Exception {
        // Given
        ingest.drop("dynoai.yaml", "clamp: 12\n");
        ingest.drop("pull.csv", "a\n");
        ingest.transport.down = true;
        ingest.passSettleTimeWhileDown();
        ingest.drop("dynoai.yaml", "clamp: 5\n");
        ingest.transport.down = false;
        // When
        ingest.restart();
        ingest.pass(SECOND);
        // Then
        assertThat(ingest.transport.sent).hasSize(1);
        assertThat(ingest.transport.sent.get(0).options()).containsEntry("clamp", "12.0");
        assertThat(ingest.filesIn("done")).contains("pull.csv");
    }

    @Test
    void runWhoseTransportFailed_isSentOnceAfterTheReconnect() throws Exception {
        // Given
        ingest.drop("pull.csv", "a\n");
        ingest.drop("other.csv", "b\n");
        ingest.transport.down = true;
        ingest.passSettleTimeWhileDown();
        ingest.transport.down = false;
        // When
        ingest.reconnect();
        // Then
        assertThat(ingest.transport.sent)
                .extracting(InMemoryTransport.SentRun::text)
                .containsExactlyInAnyOrder("a\n", "b\n");
        assertThat(ingest.filesIn("done")).hasSize(4);
    }

    @Test
    void rejectionThatCouldNotBePublished_isRepeatedAfterTheReconnect() throws Exception {
        // Given
        ingest.drop("pull.csv", "garbage\n");
        ingest.transport.down = true;
        ingest.passSettleTimeWhileDown();
        ingest.transport.down = false;
        // When
        ingest.reconnect();
        // Then
        assertThat(ingest.transport.rejected).containsExactly("NOT_TEXT");
        assertThat(ingest.filesIn("rejected")).contains("pull.csv/reason.json");
    }

    @Test
    void rejectionBegunBeforeACrash_isFinishedWithItsFirstReason() throws Exception {
        // Given
        ingest.drop("pull.csv", "garbage\n");
        ingest.transport.down = true;
        ingest.passSettleTimeWhileDown();
        ingest.transport.down = false;
        Path work = onlyFolderIn(ingest.folder.resolve(".work"));
        Files.writeString(work.resolve("pull.csv"), "sound by now\n");
        // When
        ingest.restart();
        ingest.pass(SECOND);
        // Then
        assertThat(ingest.transport.rejected).containsExactly("NOT_TEXT");
        assertThat(ingest.transport.sent).isEmpty();
        assertThat(ingest.filesIn(".work")).isEmpty();
    }

    @Test
    void crashBetweenClaimFileAndRename_leavesTheLogWhereItWas() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("pull.csv", "a\n");
        ingest.passSettleTime();
        Path work = onlyFolderIn(ingest.folder.resolve(".work"));
        Path yaml = work.resolve("run.yaml");
        Map<String, Object> claim = ClaimKey.readUnverified(yaml).orElseThrow().toMap();
        claim.putAll(Map.of("sha256", "", "attempt", 0));
        Files.write(
                yaml, ClaimKey.find(new FolderStore(ingest.store)).orElseThrow().sign(Claim.ofMap(claim)));
        Files.move(work.resolve("pull.csv"), ingest.folder.resolve("pull.csv"));
        // When
        ingest.restart();
        // Then
        assertThat(ingest.filesIn(".work")).isEmpty();
        assertThat(ingest.folder.resolve("pull.csv")).exists();
    }

    @Test
    void archivingInterruptedByACrash_isFinishedAtTheNextStart() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("pull.csv", "a\n");
        ingest.drop("pull.csv.options.yaml", "clamp: 9\n");
        ingest.passSettleTime();
        Path work = onlyFolderIn(ingest.folder.resolve(".work"));
        String runId = work.getFileName().toString();
        Path day = Files.createDirectories(ingest.folder.resolve("done").resolve(runId.substring(0, 10)));
        Files.move(work.resolve("pull.csv"), day.resolve(runId + "-pull.csv"));
        // When
        ingest.restart();
        ingest.pass(SECOND);
        // Then
        assertThat(ingest.filesIn("done")).containsExactly("pull.csv", "pull.csv.options.yaml", "pull.csv.run.yaml");
        assertThat(ingest.filesIn(".work")).isEmpty();
        assertThat(ingest.transport.sent).hasSize(1);
    }

    private static Path onlyFolderIn(Path folder) throws Exception {
        try (var entries = Files.list(folder)) {
            return entries.toList().get(0);
        }
    }

    @Test
    void secondIngestOnTheSameRoot_failsAndNamesTheFirst() {
        // Given the fixture's own ingest on the root
        // When
        var second = assertThatThrownBy(() -> DropRoot.open(ingest.folder));
        // Then
        second.isInstanceOf(IOException.class)
                .hasMessageContaining("process " + ProcessHandle.current().pid());
    }

    @Test
    void existingLogs_areLeftAloneByDefault() throws Exception {
        // Given
        try (DropFolderFixture other = DropFolderFixture.in(Files.createDirectory(temp.resolve("other")))) {
            other.drop("old.csv", "a\n");
            other.start();
            other.passSettleTime();
            other.drop("new.csv", "b\n");
            // When
            other.passSettleTime();
            // Then
            assertThat(other.transport.sent)
                    .extracting(InMemoryTransport.SentRun::text)
                    .containsExactly("b\n");
            assertThat(other.state("old.csv").toString()).contains("--take-existing");
            assertThat(DropReport.of(other.folder).in(DropReport.State.LEFT_ALONE))
                    .extracting(DropReport.Entry::file)
                    .containsExactly("old.csv");
        }
    }

    @Test
    void existingLogs_areClaimedIfRequested() throws Exception {
        // Given
        try (DropFolderFixture other = DropFolderFixture.in(Files.createDirectory(temp.resolve("other")))) {
            other.drop("old.csv", "a\n");
            other.start();
            other.passSettleTime();
            other.with(other.settings().takeExisting(true));
            // When
            other.restart();
            other.passSettleTime();
            // Then
            assertThat(other.transport.sent).hasSize(1);
        }
    }

    @Test
    void backlogOfOneShop_doesNotDelayAnotherShop() throws Exception {
        // Given
        for (int i = 0; i < 50; i++) {
            ingest.drop("big/pull-" + i + ".csv", "row " + i + "\n");
        }
        ingest.drop("small/pull.csv", "small\n");
        // When
        ingest.passSettleTime();
        // Then
        List<String> shops = ingest.transport.sent.stream()
                .map(InMemoryTransport.SentRun::shop)
                .toList();
        assertThat(shops).hasSize(51);
        assertThat(shops.indexOf("small")).isLessThan(3);
    }

    @Test
    void fiveHundredFilesAtOnce_areEachArchivedOnce() throws Exception {
        // Given
        for (int i = 0; i < 500; i++) {
            ingest.drop("pull-" + i + ".csv", "row " + i + "\n");
        }
        // When
        ingest.passSettleTime();
        // Then
        Set<String> texts = ingest.transport.sent.stream()
                .map(InMemoryTransport.SentRun::text)
                .collect(Collectors.toSet());
        assertThat(texts).hasSize(500);
        assertThat(ingest.transport.sent).hasSize(500);
        assertThat(ingest.filesIn("done")).hasSize(1000);
        assertThat(ingest.isIdle()).isTrue();
    }

    @Test
    void tooLargeLog_isRejectedWithoutBeingRead() throws Exception {
        // Given
        ingest.close();
        ingest.with(ingest.settings().largestLog(10)).start();
        ingest.drop("pull.csv", "0123456789abc\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.rejected).containsExactly("FILE_TOO_LARGE");
    }

    @Test
    void veryLongName_isShortenedAndKeepsItsExtension() throws Exception {
        // Given
        String name = "ü".repeat(110) + ".csv";
        ingest.drop(name, "a\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.filesIn("done")).hasSize(2).allMatch(file -> file.contains(".csv"));
    }
}
