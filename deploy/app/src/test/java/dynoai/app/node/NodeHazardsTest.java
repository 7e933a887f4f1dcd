package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.engine.stored.Verification;
import dynoai.schemas.file.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What file systems do to a whole node: no file events, files it may not read, things that are not files, a full disk. */
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
class NodeHazardsTest {
    private static final Duration MAX_WAIT = Duration.ofSeconds(90);
    private static final String UP = "up --settle=0.2 --poll=0.2 --port=0 --take-existing ";

    @TempDir
    Path temp;

    private Path drop(String name, int seed) throws IOException {
        Files.createDirectories(temp.resolve("drop"));
        byte[] bytes = SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, seed), 3000);
        return Files.write(temp.resolve("drop").resolve(name), bytes);
    }

    private List<Path> runs(String folder) throws IOException {
        try (Stream<Path> runs = Files.list(temp.resolve(folder))) {
            return runs.filter(Files::isDirectory).toList();
        }
    }

    /** Root can read everything; without these capabilities it is like any user. */
    private static List<String> withoutPowers() throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        if (!root) {
            return List.of();
        }
        Programs.need("setpriv");
        return List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");
    }

    @Test
    void unreadableLog_waitsWithoutDelayingOthers() throws Exception {
        // Given
        List<String> powerless = withoutPowers();
        Path locked = drop("locked.csv", 1);
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        Path secret = Files.writeString(temp.resolve("secret.csv"), "rpm,map,torque\n");
        Files.createSymbolicLink(temp.resolve("drop/link.csv"), secret);
        Files.createDirectory(temp.resolve("drop/folder.csv"));
        Programs.run(temp, new byte[0], List.of("mkfifo", "drop/pipe.csv"));
        try (CommandProcess up = CommandProcess.start(temp, powerless, UP + "--no-file-events --exit-when-idle=1")) {
            // When
            await().atMost(MAX_WAIT).until(() -> up.said().contains("waiting  locked.csv: cannot be read"));
            drop("good.csv", 2);
            await().atMost(MAX_WAIT).until(() -> up.said().contains("good.csv, 3000 rows"));
            // Then
            assertThat(up.said())
                    .contains("left     link.csv: a symbolic link", "left     pipe.csv: not a regular file")
                    .contains("left     folder.csv: a folder with the name of a log");
            assertThat(up.isAlive()).isTrue();
            assertThat(locked).exists();
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(up.awaitEnd()).as(up.said()).isZero();
            assertThat(runs("runs")).hasSize(2);
            assertThat(secret).hasContent("rpm,map,torque");
        }
    }

    @Test
    void fullDisk_pausesWritingRuns() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(temp.resolve("small-runs"), 8 * 1024, 200)) {
            // Given
            disk.fill();
            drop("pull.csv", 3);
            // When
            try (CommandProcess up = CommandProcess.start(temp, List.of(), UP + "--runs=small-runs")) {
                // Then
                await().atMost(MAX_WAIT).until(() -> up.said().contains("writing runs paused: "));
                assertThat(up.said()).contains("is full");
                assertThat(runs("small-runs")).isEmpty();
                assertThat(up.isAlive()).isTrue();
            }
        }
    }

    @Test
    void diskWithSpaceAgain_resumesWritingRuns() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(temp.resolve("small-runs"), 8 * 1024, 200)) {
            // Given
            disk.fill();
            drop("pull.csv", 3);
            try (CommandProcess up =
                    CommandProcess.start(temp, List.of(), UP + "--runs=small-runs --exit-when-idle=1")) {
                await().atMost(MAX_WAIT).until(() -> up.said().contains("writing runs paused: "));
                // When
                disk.free();
                // Then
                assertThat(up.awaitEnd()).as(up.said()).isZero();
                assertThat(up.said()).contains("writing runs again");
                assertThat(runs("small-runs")).hasSize(1);
                assertThat(Verification.of(runs("small-runs").get(0)).findings())
                        .isEmpty();
            }
        }
    }
}
