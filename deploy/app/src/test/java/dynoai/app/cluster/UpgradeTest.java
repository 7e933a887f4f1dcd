package dynoai.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import dynoai.app.node.BatchReference;
import dynoai.app.node.NodeFixture;
import dynoai.app.node.StagesApart;
import dynoai.schemas.file.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stages of the last release and of today around one broker, replaced one by one with runs in flight: upgraded, and back. With
 * {@code -Ddynoai.nightly=true} in every order.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
class UpgradeTest {
    private static final Duration MAX_WAIT = Duration.ofMinutes(4);
    private static final int ROWS = 3000;

    @TempDir
    Path temp;

    static Stream<List<String>> orders() {
        List<String> first = List.of("exporter", "analyzer", "ingest");
        return !Boolean.getBoolean("dynoai.nightly")
                ? Stream.of(first)
                : Stream.of(
                        first,
                        List.of("exporter", "ingest", "analyzer"),
                        List.of("analyzer", "exporter", "ingest"),
                        List.of("analyzer", "ingest", "exporter"),
                        List.of("ingest", "analyzer", "exporter"),
                        List.of("ingest", "exporter", "analyzer"));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void stagesReplacedOneByOne_finishEveryRunThereAndBack(List<String> order) throws Exception {
        // Given
        Release release = Release.last();
        NodeFixture home = new NodeFixture(temp, List.of("drop"), Map.of());
        List<String> back = new ArrayList<>(order);
        Collections.reverse(back);
        try (StagesApart stages = StagesApart.startWithoutTopics(home)) {
            createTopics(stages, release.classPath());
            for (String stage : order) {
                stages.startFrom(release.classPath(), stage);
            }
            for (String stage : order) {
                stages.get(stage).awaitReady();
            }
            home.dropLog(ROWS);
            await().atMost(MAX_WAIT).until(home::isSettled);
            // When
            createTopics(stages, CommandProcess.TODAY);
            replace(stages, order, CommandProcess.TODAY, home);
            await().atMost(MAX_WAIT).until(home::isSettled);
            replace(stages, back, release.classPath(), home);
            await().atMost(MAX_WAIT).until(home::isSettled);
        }
        // Then
        Map<String, Path> released = batchOf(release, home.originals());
        home.holdsEveryPromise((run, log) -> {
            if (Release.made(run)) {
                BatchReference.assertEqual(released.get(Sha256.hex(log)), run);
            } else {
                home.batch().assertEqualToBatch(run, log);
            }
        });
    }

    private static void createTopics(StagesApart stages, String classPath) throws Exception {
        CommandProcess create = stages.commandFrom(classPath, "topics create --replication 1");
        assertThat(create.awaitEnd()).as(create.said()).isZero();
    }

    /** Stops each stage with a run in flight, and starts it from another build. */
    private static void replace(StagesApart stages, List<String> order, String classPath, NodeFixture home)
            throws Exception {
        for (String stage : order) {
            home.dropLog(ROWS);
            stages.get(stage).stop();
            stages.get(stage).awaitEnd();
            stages.startFrom(classPath, stage).awaitReady();
            home.dropLog(ROWS);
        }
    }

    /** Returns the run folders of a release's batch command by the hash of the log. */
    private Map<String, Path> batchOf(Release release, Path logs) throws Exception {
        Path outdir = temp.resolve("batch-of-release");
        String line = "batch " + logs + " --outdir " + outdir;
        CommandProcess batch = CommandProcess.startFrom(release.classPath(), temp, Map.of(), line);
        assertThat(batch.awaitEnd()).as(batch.said()).isZero();
        Map<String, Path> folders = new HashMap<>();
        try (Stream<Path> runs = Files.list(outdir)) {
            for (Path run : (Iterable<Path>) runs.filter(Files::isDirectory)::iterator) {
                folders.put(Sha256.hex(run.resolve("data.csv")), run);
            }
        }
        return folders;
    }
}
