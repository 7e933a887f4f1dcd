package dynoai.app;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.console.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** docs/operations.md names real commands and every alert. */
class OperationsTest {
    private static final Pattern COMMAND = Pattern.compile("(?m)^ *(?:\\./)?dynoai (.+)$|`(?:\\./)?dynoai\\s([^`]+)`");
    private static final Pattern HEADING = Pattern.compile("(?m)^### (Dynoai\\w+)$");
    private static final Pattern ALERT = Pattern.compile("(?m)^ *- alert: (\\w+)$");

    private final RepositoryFiles files;
    private final String page;

    OperationsTest() throws IOException {
        files = RepositoryFiles.find();
        page = Files.readString(files.root().resolve("docs/operations.md"));
    }

    @Test
    void everyCommandLine_isParsed() {
        // Given
        List<String> lines = new ArrayList<>();
        Matcher command = COMMAND.matcher(page);
        while (command.find()) {
            lines.add(command.group(1) != null ? command.group(1) : command.group(2));
        }

        // When
        List<String> wrong = new ArrayList<>();
        for (String line : lines) {
            try {
                CommandTree.complete(Console.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream()))
                        .parseArgs(line.strip().split("\\s+"));
            } catch (ParameterException e) {
                wrong.add(line + ": " + e.getMessage());
            }
        }

        // Then
        assertThat(lines).hasSizeGreaterThan(15);
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyFlag_isOfACommand() {
        // Given
        Set<String> known = new LinkedHashSet<>();
        addFlags(
                CommandTree.complete(Console.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream())),
                known);

        // When
        Set<String> flags = all(Pattern.compile("`(--[a-z-]+)"));

        // Then
        assertThat(flags).isNotEmpty().isSubsetOf(known);
    }

    private static void addFlags(CommandLine command, Set<String> flags) {
        command.getCommandSpec().options().forEach(option -> flags.addAll(Arrays.asList(option.names())));
        command.getSubcommands().values().forEach(sub -> addFlags(sub, flags));
    }

    @Test
    void everyAlert_hasAHeading() throws IOException {
        // Given
        String rules = Files.readString(files.root().resolve("deploy/monitoring/rules/alerts.yml"));
        List<String> alerts = new ArrayList<>();
        Matcher alert = ALERT.matcher(rules);
        while (alert.find()) {
            alerts.add(alert.group(1));
        }

        // When
        Set<String> headings = all(HEADING);

        // Then
        assertThat(headings).containsExactlyElementsOf(alerts);
    }

    private Set<String> all(Pattern pattern) {
        Set<String> found = new LinkedHashSet<>();
        Matcher match = pattern.matcher(page);
        while (match.find()) {
            found.add(match.group(1));
        }
        return found;
    }
}
