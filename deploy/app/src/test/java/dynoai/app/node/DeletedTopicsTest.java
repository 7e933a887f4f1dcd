package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import dynoai.broker.BrokerClient;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Topics that are deleted while logs are in flight. */
@Tag("process")
@DisabledOnOs(OS.WINDOWS)
class DeletedTopicsTest {
    private static final Duration MAX_WAIT = Duration.ofMinutes(3);
    private static final List<String> TOPICS = List.of(
            Topics.RUN_LOG.in(Namespace.DEFAULT),
            Topics.RUN_GRIDS.in(Namespace.DEFAULT),
            Topics.RUN_RESULTS.in(Namespace.DEFAULT));

    @TempDir
    Path temp;

    @Test
    void deletedTopics_endTheNodeWithTheirNames_andTheNextStartFinishesEveryLog() throws Exception {
        // Given
        NodeFixture home = new NodeFixture(temp);
        home.dropLogs(8);
        CommandProcess stopped = CommandProcess.up(temp, Optional.empty());
        await().atMost(MAX_WAIT).until(() -> home.runFolders() > 0);
        Map<String, Object> client =
                new HashMap<>(BrokerClient.propertiesIn(home.data()).orElseThrow());
        try (Admin admin = Admin.create(client)) {
            admin.deleteTopics(TOPICS).all().get();
        }
        int exitCode = stopped.awaitEnd(MAX_WAIT.toSeconds());
        home.dropLogs(2);

        // When
        CommandProcess restarted = CommandProcess.up(temp, Optional.empty(), "--exit-when-idle", "1");
        int restartedExitCode = restarted.awaitEnd(MAX_WAIT.toSeconds());

        // Then
        assertThat(exitCode).isEqualTo(5);
        assertThat(stopped.said())
                .contains("topics: deleted while the node ran: " + String.join(", ", TOPICS))
                .contains("start it again");
        assertThat(restartedExitCode).as(restarted.said()).isZero();
        home.holdsEveryPromise();
    }
}
