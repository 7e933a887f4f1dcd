package dynoai.app;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.console.Console;
import dynoai.schemas.run.ProductVersion;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticTextsTest {
    @TempDir
    Path texts;

    private static String output(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int exitCode = DynoAi.run(args, Console.of(out, OutputStream.nullOutputStream()));
        assertThat(exitCode).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-V", "--version"})
    void version_isPrinted(String flag) {
        // When
        String output = output(flag);
        // Then
        assertThat(output).isEqualTo("dynoai " + ProductVersion.VERSION + "\n");
    }

    @Test
    void storedHelp_isWhatTheCommandsDescribe() throws Exception {
        // When
        StaticTexts.main(new String[] {texts.toString()});
        // Then
        assertThat(texts.resolve("help-off.txt")).hasContent(output("--help"));
        assertThat(Files.readString(texts.resolve("help-on.txt"))).contains("\u001b[1m");
        for (Commands command : Commands.values()) {
            assertThat(texts.resolve("help-off.txt")).content().contains("\n  " + command.word() + " ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void storedCompletion_isWhatTheCommandPrints(CompletionCommand.Shell shell) throws Exception {
        // When
        StaticTexts.main(new String[] {texts.toString()});
        // Then
        assertThat(texts.resolve("completion-" + shell + ".txt"))
                .hasContent(output("completion", shell.name()))
                .content()
                .contains("max-correction");
    }
}
