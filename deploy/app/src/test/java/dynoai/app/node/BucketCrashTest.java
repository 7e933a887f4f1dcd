package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.CommandLineRun;
import dynoai.app.CommandProcess;
import dynoai.app.storage.StorageAccess;
import dynoai.app.storage.StorageLocation;
import dynoai.exporter.s3.LocalS3;
import dynoai.exporter.shelf.RunShelf;
import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Promise 2 with logs and runs in a bucket: a node that is killed between a run's bundle and its manifest. */
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
class BucketCrashTest {
    private static final int KILLED = 137;

    /** Notes the runs that it was started for, and reads each. */
    private static final String RECIPE = """
            on: run-completed
            steps:
              - {idx: 1, name: check, type: java, class: verify, params: {run_folder: "${run.folder_v1}"}}
              - idx: 2
                name: note
                type: shell
                cmd: 'echo "$RUN" >> noted; echo "{\\"status\\":\\"ok\\"}"'
                args: {RUN: "${run.id_v1}"}
            """;

    @TempDir
    Path temp;

    private CommandProcess up(LocalS3 s3, Map<String, String> more, String... flags) throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.putAll(Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"));
        List<String> arguments =
                new ArrayList<>(List.of("up", "--take-existing", "--settle", "0.2", "--poll", "0.2", "--port", "0"));
        arguments.addAll(List.of("--store", LocalS3.ADDRESS, "--runs", LocalS3.ADDRESS, "--recipes", "recipes"));
        arguments.addAll(inBucket(s3));
        arguments.addAll(List.of(flags));
        return CommandProcess.start(temp.resolve("node"), environment, arguments.toArray(String[]::new));
    }

    private static List<String> inBucket(LocalS3 s3) {
        return List.of("--s3-endpoint", s3.endpoint().toString(), "--s3-path-style");
    }

    private List<RunKey> published(LocalS3 s3) throws Exception {
        RunShelf shelf = new StorageLocation(
                        LocalS3.ADDRESS, new StorageAccess(Optional.of(s3.endpoint()), true, Optional.empty()))
                .shelf(temp.resolve("reader"), "reader");
        List<RunKey> runs = new ArrayList<>();
        shelf.list(runs::add);
        return runs;
    }

    private static long bundles(LocalS3 s3) throws IOException {
        try (Stream<Path> objects = Files.walk(s3.object("runs"))) {
            return objects.filter(object -> object.toString().endsWith(".zip")).count();
        }
    }

    @Test
    void killBetweenBundleAndManifest_publishesOneRunEqualToBatch() throws Exception {
        // Given
        NodeFixture home = new NodeFixture(temp.resolve("node"));
        Files.createDirectories(home.folder().resolve("recipes"));
        Files.writeString(home.folder().resolve("recipes/note.yaml"), RECIPE);
        home.dropLog();
        try (LocalS3 s3 = new LocalS3(temp.resolve("s3"))) {
            CommandProcess killed = up(s3, Map.of(CrashPoint.VARIABLE, CrashPoint.EXPORTER_BEFORE_RENAME.key() + ":1"));
            int killedWith = killed.awaitEnd();
            List<RunKey> afterKill = published(s3);
            long bundlesAfterKill = bundles(s3);
            home.dropLog();
            home.dropAgain(0);
            // When
            CommandProcess node = up(s3, Map.of(), "--exit-when-idle", "1");
            int exitCode = node.awaitEnd();
            // Then
            assertThat(killedWith).as(killed.said()).isEqualTo(KILLED);
            assertThat(afterKill).isEmpty();
            assertThat(bundlesAfterKill).isEqualTo(1);
            assertThat(exitCode).as(node.said()).isZero();
            List<RunKey> runs = published(s3);
            assertThat(runs).hasSize(2);
            for (RunKey run : runs) {
                fetch(s3, run, home.folder().resolve("runs"));
            }
            home.holdsEveryPromise();
            assertThat(Files.readAllLines(home.folder().resolve("noted")))
                    .containsExactlyInAnyOrderElementsOf(
                            runs.stream().map(RunKey::runId).toList());
        }
    }

    private static void fetch(LocalS3 s3, RunKey run, Path to) {
        List<String> arguments =
                new ArrayList<>(List.of("fetch", run.runId(), "--runs", LocalS3.ADDRESS, "--to", to.toString()));
        arguments.addAll(inBucket(s3));
        CommandLineRun fetched = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(fetched.exitCode()).as(fetched.err()).isZero();
    }
}
