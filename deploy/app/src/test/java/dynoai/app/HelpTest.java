package dynoai.app;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.console.Console;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HelpTest {
    private static final int COLUMNS = 80;

    static Stream<List<String>> commands() {
        List<List<String>> names = new ArrayList<>();
        addNames(
                CommandTree.complete(Console.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream())),
                List.of(),
                names);
        return names.stream();
    }

    private static void addNames(CommandLine line, List<String> path, List<List<String>> names) {
        names.add(path);
        line.getSubcommands().forEach((name, sub) -> {
            List<String> below = new ArrayList<>(path);
            below.add(name);
            addNames(sub, below, names);
        });
    }

    private static String help(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--help");
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).isZero();
        return run.out();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_fitsATerminalOf80Columns(List<String> command) {
        // When
        List<String> lines = help(command).lines().toList();
        // Then
        assertThat(lines).allMatch(line -> line.length() <= COLUMNS);
        assertThat(lines.get(0)).startsWith("Usage: " + String.join(" ", path(command)));
        for (int i = 1; i < lines.size(); i++) {
            assertThat(isBrokenEarly(lines.get(i - 1), lines.get(i)))
                    .as(lines.get(i - 1) + "\n" + lines.get(i))
                    .isFalse();
        }
    }

    private static List<String> path(List<String> command) {
        List<String> path = new ArrayList<>(List.of("dynoai"));
        path.addAll(command);
        return path;
    }

    /** Whether a line of a paragraph ends before the first word of the next would exceed it. */
    private static boolean isBrokenEarly(String line, String next) {
        boolean paragraph = isText(line) && isText(next) && !line.startsWith("Usage:") && !line.endsWith(":");
        return paragraph && line.length() + 1 + next.split(" ", 2)[0].length() < COLUMNS;
    }

    private static boolean isText(String line) {
        return !line.isEmpty() && !line.startsWith(" ");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void exampleOfAHelp_isOneLine(List<String> command) {
        // When
        List<String> lines = help(command).lines().toList();
        // Then
        int examples = lines.indexOf("Examples:");
        for (int i = examples + 1;
                examples >= 0 && i < lines.size() && lines.get(i).startsWith(" ");
                i++) {
            assertThat(lines.get(i)).matches("  (dynoai|source) .*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "analyzer", "exporter"})
    void helpOfAStage_hasItsOwnNameAndFlags(String stage) {
        // When
        String help = help(List.of(stage));
        // Then
        assertThat(help).startsWith("Usage: dynoai " + stage + " ").doesNotContain("dynoai up", "--token");
        assertThat(help.contains("--drop")).isEqualTo(stage.equals("ingest"));
        assertThat(help.contains("--recipes")).isEqualTo(stage.equals("exporter"));
        assertThat(help.contains("--runs")).isEqualTo(stage.equals("exporter"));
    }

    @Test
    void flagThatAStageIgnores_isAccepted() {
        // When
        CommandLineRun run = CommandLineRun.of("exporter", "--settle", "1", "--drop", "drop");
        // Then
        assertThat(run.err()).contains("a stage alone needs a Kafka");
    }
}
