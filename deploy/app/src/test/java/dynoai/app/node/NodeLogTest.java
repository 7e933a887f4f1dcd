package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class NodeLogTest {
    @TempDir
    private Path data;

    @AfterEach
    void restoreTheLogOfTests() throws Exception {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        new ContextInitializer(context).autoConfig();
    }

    @Test
    void lineBreaksInNames_forgeNoRecord() throws Exception {
        // Given
        Path file = NodeLog.toFileIn(data);
        Logger log = LoggerFactory.getLogger("dynoai.test");

        // When
        log.info("taken {}", "a\n2026-11-21T00:00:00.000Z INFO  forged\u2028\u001b[31m");
        log.warn("failed", new IOException("b\n2026-11-21T00:00:00.000Z INFO  forged"));

        // Then
        List<String> records = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("20"))
                .toList();
        assertThat(records).hasSize(2);
        assertThat(records.get(0)).endsWith("taken a?2026-11-21T00:00:00.000Z INFO  forged??[31m");
        assertThat(Files.readString(file)).contains("java.io.IOException: b\n", "\tat dynoai.app.node.NodeLogTest");
    }
}
