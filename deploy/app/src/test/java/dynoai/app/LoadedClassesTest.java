package dynoai.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which classes the commands that must start fast leave alone. */
@Tag("process")
class LoadedClassesTest {
    private static final List<String> OF_NODES = List.of(
            "dynoai.catalogue.",
            "dynoai.dashboard.",
            "org.sqlite.",
            "org.postgresql.",
            "org.flywaydb.",
            "com.zaxxer.",
            "org.jdbi.",
            "software.amazon.",
            "org.rocksdb.",
            "org.apache.kafka.");

    @TempDir
    Path work;

    @Test
    void analyze_loadsNothingOfNodes() throws Exception {
        // Given
        Path log = Logs.pull(work.resolve("pull.csv"));
        // When
        List<String> loaded = loadedBy("analyze", log.toString());
        // Then
        assertThat(loaded).contains("dynoai.app.DynoAi", "dynoai.engine.BatchAnalysis");
        assertThat(loaded).noneMatch(LoadedClassesTest::isOfNodes);
    }

    @Test
    void version_loadsNothingOfNodes() throws Exception {
        // When
        List<String> loaded = loadedBy("--version");
        // Then
        assertThat(loaded).contains("dynoai.app.DynoAi");
        assertThat(loaded).noneMatch(LoadedClassesTest::isOfNodes);
    }

    private static boolean isOfNodes(String type) {
        return OF_NODES.stream().anyMatch(type::startsWith);
    }

    private List<String> loadedBy(String... arguments) throws Exception {
        Path classes = work.resolve("classes.txt");
        Map<String, String> log = Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + classes + ":none");
        try (CommandProcess command = CommandProcess.start(work, log, arguments)) {
            assertThat(command.awaitEnd()).as(command.said()).isZero();
        }
        try (var lines = Files.lines(classes)) {
            return lines.map(line -> line.substring(0, line.indexOf(' '))).toList();
        }
    }
}
