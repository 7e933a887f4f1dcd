package dynoai.app;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.Commands.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The launcher chooses JVM options by command before it starts Java; its lists must match the registry. */
class CommandsTest {
    private static List<String> listed(String variable) throws IOException {
        String launcher = Files.readString(Path.of("../release/launch.sh"));
        MatchResult list = Pattern.compile("(?m)^" + variable + "='([a-z -]+)'$")
                .matcher(launcher)
                .results()
                .findFirst()
                .orElseThrow();
        return List.of(list.group(1).strip().split(" "));
    }

    private static Set<String> commands(Load... loads) {
        return Stream.of(Commands.values())
                .filter(command -> List.of(loads).contains(command.load()))
                .map(Commands::word)
                .collect(Collectors.toSet());
    }

    @Test
    void launchersNodeCommands_areThoseOfTheRegistry() throws IOException {
        // When
        List<String> listed = listed("node_commands");

        // Then
        assertThat(listed).containsExactlyInAnyOrderElementsOf(commands(Load.NODE));
    }

    @Test
    void launchersShopCommands_areThoseOfTheRegistry() throws IOException {
        // When
        List<String> listed = listed("shop_commands");

        // Then
        assertThat(listed).containsExactlyInAnyOrderElementsOf(commands(Load.SHOP));
    }

    @Test
    void launchersLongCommands_areThoseOfTheRegistry() throws IOException {
        // When
        List<String> listed = listed("long_commands");

        // Then
        assertThat(listed).containsExactlyInAnyOrderElementsOf(commands(Load.LONG));
    }
}
