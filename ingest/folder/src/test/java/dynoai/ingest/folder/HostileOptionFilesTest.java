package dynoai.ingest.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.ingest.folder.run.FileState;
import dynoai.schemas.run.FailureCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Option files that a shop wrote to harm the ingest: its own logs are rejected, those of another shop are done. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileOptionFilesTest extends DropFolderCase {
    private static final int OPTION_LIMIT = 64 << 10;
    private static final int MUTATIONS = 200;

    @BeforeEach
    void open() throws Exception {
        ingest.drop("good/pull.csv", "a\n");
        ingest.drop("evil/pull.csv", "b\n");
    }

    private void assertOnlyGoodIsDone(FailureCode code) throws Exception {
        assertThat(ingest.filesIn("done")).containsExactly("pull.csv", "pull.csv.run.yaml");
        assertThat(ingest.state("good/pull.csv")).isInstanceOf(FileState.Done.class);
        assertThat(ingest.state("evil/pull.csv"))
                .isInstanceOfSatisfying(
                        FileState.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(code.name()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"a\\0b.csv\"", "\"\\uD800.csv\"", "\"\\0\"", "\"/\\0/../..\"", "\"\\u0085\\uFFFE\\uDC00\""})
    void invalidTablePath_rejectsTheLogsNextToIt(String path) throws Exception {
        // Given
        ingest.drop("evil/dynoai.yaml", "base_front: " + path + "\n");
        // When
        ingest.passSettleTime();
        // Then
        assertOnlyGoodIsDone(FailureCode.BASE_TABLE_MISSING);
    }

    @Test
    void invalidTablePathWithoutALog_changesNothing() throws Exception {
        // Given
        ingest.drop("other/zz.options.yaml", "base_rear: \"a\\0b.csv\"\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.filesIn("done")).hasSize(4);
    }

    @Test
    void optionFileOver64KiB_rejectsTheLogsNextToIt() throws Exception {
        // Given
        ingest.drop("evil/dynoai.yaml", "clamp: 7\n#" + "x".repeat(OPTION_LIMIT));
        // When
        ingest.passSettleTime();
        // Then
        assertOnlyGoodIsDone(FailureCode.OPTIONS_UNREADABLE);
    }

    @Test
    void fifoAsOptionFile_rejectsTheLogsNextToItAndIsNamed() throws Exception {
        // Given
        Path fifo = ingest.folder.resolve("evil/dynoai.yaml");
        new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        // When
        ingest.passSettleTime();
        // Then
        assertOnlyGoodIsDone(FailureCode.OPTIONS_UNREADABLE);
        assertThat(ingest.state("evil/dynoai.yaml")).isEqualTo(new FileState.LeftAlone("not a regular file"));
    }

    @Test
    void linkToADevice_rejectsTheLogsNextToIt() throws Exception {
        // Given
        Files.createSymbolicLink(ingest.folder.resolve("evil/dynoai.yaml"), Path.of("/dev/zero"));
        // When
        ingest.passSettleTime();
        // Then
        assertOnlyGoodIsDone(FailureCode.OPTIONS_UNREADABLE);
    }

    @Test
    void linkOutOfTheDropFolder_rejectsTheLogsNextToIt() throws Exception {
        // Given
        Path outside = Files.writeString(temp.resolve("outside.yaml"), "clamp: 9\n");
        Files.createSymbolicLink(ingest.folder.resolve("evil/dynoai.yaml"), outside);
        // When
        ingest.passSettleTime();
        // Then
        assertOnlyGoodIsDone(FailureCode.OPTIONS_UNREADABLE);
    }

    @Test
    void linkInsideTheDropFolder_isFollowed() throws Exception {
        // Given
        Path shared = Files.writeString(ingest.folder.resolve("shared.yaml"), "clamp: 9\n");
        Files.createSymbolicLink(ingest.folder.resolve("good/dynoai.yaml"), shared);
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent)
                .filteredOn(run -> run.shop().equals("good"))
                .singleElement()
                .satisfies(run -> assertThat(run.options()).containsEntry("clamp", "9.0"));
    }

    @Test
    void duplicateKey_rejectsTheLogsNextToIt() throws Exception {
        // Given
        ingest.drop("evil/dynoai.yaml", "clamp: 7\nclamp: 12\n");
        // When
        ingest.passSettleTime();
        // Then
        assertOnlyGoodIsDone(FailureCode.OPTIONS_UNREADABLE);
    }

    @Test
    void baseTableOver1MiB_rejectsTheLog() throws Exception {
        // Given
        ingest.drop("evil/table.csv", "1,".repeat(1 << 20));
        ingest.drop("evil/dynoai.yaml", "base_front: table.csv\n");
        // When
        ingest.passSettleTime();
        // Then
        assertOnlyGoodIsDone(FailureCode.BASE_TABLE_REFUSED);
    }

    @Test
    void valueOf60KiB_isCutInTheReason() throws Exception {
        // Given
        ingest.drop("evil/dynoai.yaml", "base_front: " + "y".repeat(60 << 10) + "\n");
        // When
        ingest.passSettleTime();
        // Then
        assertOnlyGoodIsDone(FailureCode.BASE_TABLE_MISSING);
        try (var files = Files.walk(ingest.folder.resolve("rejected"))) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> !file.endsWith("dynoai.yaml")))
                    .allSatisfy(file -> assertThat(Files.size(file)).isLessThan(4096));
        }
    }

    @Test
    void mutatedOptionFiles_endNoIngest() throws Exception {
        // Given
        byte[] sound = "clamp: 7\nbase_front: \"t\\u0041.csv\"\nsmooth_passes: 3\n".getBytes(StandardCharsets.UTF_8);
        Random random = new Random(11);
        for (int mutation = 0; mutation < MUTATIONS; mutation++) {
            byte[] bytes = sound.clone();
            for (int change = 0; change <= mutation % 4; change++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            ingest.drop("shop" + mutation + "/pull.csv", mutation + "\n");
            Files.write(ingest.folder.resolve("shop" + mutation + "/dynoai.yaml"), bytes);
        }
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.state("good/pull.csv")).isInstanceOf(FileState.Done.class);
        assertThat(ingest.states)
                .hasSize(MUTATIONS + 2)
                .allSatisfy((file, state) -> assertThat(state.isEnd()).as(file).isTrue());
        assertThat(ingest.isIdle()).isTrue();
    }

    @Test
    void changedOptionFile_isReadAgain() throws Exception {
        // Given
        ingest.drop("late/dynoai.yaml", "clamp: 9\n");
        ingest.pass(Duration.ZERO);
        // When
        ingest.drop("late/dynoai.yaml", "base_front: table.csv\n");
        ingest.drop("late/table.csv", "1\n");
        ingest.passSettleTime();
        // Then
        assertThat(ingest.state("late/table.csv")).isEqualTo(new FileState.LeftAlone("a base table"));
    }
}
