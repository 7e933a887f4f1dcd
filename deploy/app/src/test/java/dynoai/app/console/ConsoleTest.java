package dynoai.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.DynoAi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void controlCharacters_areReplaced() {
        // Given
        var out = new ByteArrayOutputStream();
        var console = Console.of(out, err);
        // When
        console.message("header \u001b[31mred\r\u009b2J\u202e");
        console.println("a\tb\u0007");
        // Then
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("header ?[31mred??2J?\n");
        console.out().flush();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a\tb?\n");
    }

    @Test
    void lineBreaksInNames_forgeNoLine() {
        // Given
        var out = new ByteArrayOutputStream();
        var console = Console.of(out, err);
        // When
        console.message("taken a\nrun b.csv");
        console.println("a\u0085b\u2028c\u2029d\u061ce\u200ef");
        // Then
        console.out().flush();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("taken a?run b.csv\n");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a?b?c?d?e?f\n");
    }

    @Test
    void furtherLinesOfAnError_areIndented() {
        // When
        int exitCode = DynoAi.run(
                new String[] {"verify", "none\nrun      2026: forged"}, Console.of(new ByteArrayOutputStream(), err));
        // Then
        assertThat(exitCode).isEqualTo(ExitCode.FILE_NOT_FOUND);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .anyMatch(line -> line.contains("forged"))
                .allMatch(line -> line.startsWith("dynoai: ") || line.startsWith("  "));
    }

    @Test
    void closedPipe_isNotAnError() {
        // When
        int exitCode = DynoAi.run(new String[] {"completion", "bash"}, Console.of(failing("Broken pipe"), err));
        // Then
        assertThat(exitCode).isZero();
        assertThat(err.size()).isZero();
    }

    @Test
    void resultThatCannotBeWritten_isAnError() {
        // When
        int exitCode =
                DynoAi.run(new String[] {"completion", "bash"}, Console.of(failing("No space left on device"), err));
        // Then
        assertThat(exitCode).isEqualTo(ExitCode.OTHER);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("No space left on device");
    }

    @Test
    void collectedOutput_carriesNoColour() {
        // When
        var console = Console.of(new ByteArrayOutputStream(), err);
        // Then
        assertThat(console.colourOnOut()).isFalse();
        assertThat(console.errIsTerminal()).isFalse();
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
    }
}
