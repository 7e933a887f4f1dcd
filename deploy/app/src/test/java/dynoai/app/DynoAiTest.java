package dynoai.app;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.console.ExitCode;
import dynoai.schemas.run.ProductVersion;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynoAiTest {
    private static final List<String> COMMANDS =
            Stream.of(Commands.values()).map(Commands::word).toList();

    @Test
    void version_isTheProductsAndGoesToStdout() {
        // When
        var run = CommandLineRun.of("--version");
        // Then
        assertThat(run).isEqualTo(new CommandLineRun(0, "dynoai " + ProductVersion.VERSION + "\n", ""));
    }

    @Test
    void help_listsEveryCommandWithOneLine() {
        // When
        var run = CommandLineRun.of("--help");
        // Then
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        for (String name : COMMANDS) {
            assertThat(run.out()).containsPattern("(?m)^  " + name + " .*\\w+\\.$");
        }
    }

    @Test
    void noCommand_showsTheHelpOnStderr() {
        // When
        var run = CommandLineRun.of();
        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("Usage: dynoai");
    }

    @Test
    void unknownCommand_isRejectedByName() {
        // When
        var run = CommandLineRun.of("anlyze");
        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("'anlyze'").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "repaly, dynoai replay",
        "anlyze, dynoai analyze",
        "determ, dynoai determinism",
        "recipe rnu, dynoai recipe run",
        "ve histroy, dynoai ve history",
        "analyze a.csv --clmap=9, --clamp"
    })
    void misspeltWord_suggestsTheClosest(String line, String suggestion) {
        // When
        var run = CommandLineRun.of(line.split(" "));
        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(run.err()).startsWith("dynoai: unknown ").containsPattern("Did you mean: " + suggestion + "\\n");
    }

    @Test
    void unknownArgument_isNamedInPlainWords() {
        // When
        var run = CommandLineRun.of("analyze", "a.csv", "b.csv");
        var unlike = CommandLineRun.of("xyzzy");
        // Then
        assertThat(run.err()).startsWith("dynoai: unknown argument 'b.csv'\n").doesNotContain("index");
        assertThat(unlike.err()).startsWith("dynoai: unknown command 'xyzzy'\n").doesNotContain("Did you mean");
    }

    @Test
    void everyCommand_hasHelpWithAnExampleAndItsExitCodes() {
        for (String name : COMMANDS) {
            // When
            var run = CommandLineRun.of(name, "--help");
            // Then
            assertThat(run.exitCode()).as(name).isZero();
            assertThat(run.out())
                    .as(name)
                    .contains("Example")
                    .contains("Exit codes")
                    .contains("--verbose");
        }
    }

    @Test
    void placesThatMayBeAddresses_areCompletedAsFiles() {
        // When
        var run = CommandLineRun.of("completion", "bash");
        // Then
        assertThat(function(run.out(), "fetch")).containsPattern("'--runs'\\)\\R *local IFS");
        assertThat(function(run.out(), "compare")).contains("positionals=$( compgen -f");
    }

    private static String function(String script, String command) {
        String begun = script.substring(script.indexOf("function _picocli_dynoai_" + command + "()"));
        return begun.substring(0, begun.indexOf("\n}"));
    }

    @Test
    void completion_knowsEveryCommand() {
        // When
        var run = CommandLineRun.of("completion", "bash");
        // Then
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("#!/usr/bin/env bash").contains(COMMANDS);
    }
}
