package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
@Tag("process")
class SecondNodeTest {
    private static final long MAX_WAIT_SECONDS = 120;

    @TempDir
    Path temp;

    @Test
    void secondNodeOnTheSameData_failsAndNamesTheFirst() throws Exception {
        // Given
        NodeFixture home = new NodeFixture(temp);
        CommandProcess first = CommandProcess.up(home.folder(), Optional.empty());
        await().atMost(Duration.ofSeconds(MAX_WAIT_SECONDS))
                .until(() -> first.said().contains("ready"));
        // When
        CommandProcess second = CommandProcess.up(home.folder(), Optional.empty());
        int exit = second.awaitEnd(MAX_WAIT_SECONDS);
        // Then
        assertThat(exit).isEqualTo(5);
        assertThat(second.said()).contains("in use by process");
        first.kill();
    }
}
