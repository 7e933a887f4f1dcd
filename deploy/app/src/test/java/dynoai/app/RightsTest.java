package dynoai.app;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.console.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The documented rights in Kafka name every command that connects to it. */
class RightsTest {
    private static Set<String> commandsWithKafka() {
        CommandLine root =
                CommandTree.complete(Console.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream()));
        return root.getSubcommands().entrySet().stream()
                .filter(command -> command.getValue().getCommandSpec().findOption("--bootstrap") != null)
                .map(command -> command.getKey())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void rights_nameEveryCommandThatConnectsToKafka() throws IOException {
        // Given
        Set<String> commands = commandsWithKafka();
        // When
        Set<String> users = Files.readAllLines(Path.of("docs", "rights.md")).stream()
                .filter(line -> line.contains("`dynoai"))
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split("\\|")[1].strip())
                .collect(Collectors.toCollection(TreeSet::new));
        // Then: the whole pipeline has the rights of its stages
        users.addAll(Set.of("up", "demo"));
        assertThat(commands).isEqualTo(users);
    }
}
