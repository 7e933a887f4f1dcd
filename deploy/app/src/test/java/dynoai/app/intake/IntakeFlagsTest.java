package dynoai.app.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class IntakeFlagsTest {
    private static final byte[] LINE = "{\"code\":\"OK\"}".getBytes(UTF_8);

    @TempDir
    private Path data;

    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    @Command
    private static final class OnlyFlags {
        @Mixin
        private IntakeFlags flags = new IntakeFlags();
    }

    private Door door(boolean alone, String... arguments) throws Exception {
        OnlyFlags command = new OnlyFlags();
        new CommandLine(command).parseArgs(arguments);
        Console console = Console.of(OutputStream.nullOutputStream(), stderr);
        return command.flags.door(alone, data, console).orElseThrow();
    }

    @Test
    void auditLinesOfAnIntakeAlone_goToStderr() throws Exception {
        // Given
        Door door = door(true, "--plain-http");

        // When
        door.audit().write(LINE);

        // Then
        assertThat(stderr.toString(UTF_8)).isEqualTo("{\"code\":\"OK\"}\n");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void auditLinesOfAWholePipeline_goToAFile_sinceStderrHasItsProgress() throws Exception {
        // Given
        Door door = door(false, "--plain-http", "--intake", "8443");

        // When
        door.audit().write(LINE);

        // Then
        assertThat(stderr.toString(UTF_8)).isEmpty();
        assertThat(data.resolve("intake-audit.jsonl")).hasContent("{\"code\":\"OK\"}");
    }

    @Test
    void auditLines_goToTheGivenFile() throws Exception {
        // Given
        Path file = data.resolve("here.jsonl");
        Door door = door(true, "--plain-http", "--audit", file.toString());

        // When
        door.audit().write(LINE);

        // Then
        assertThat(stderr.toString(UTF_8)).isEmpty();
        assertThat(file).hasContent("{\"code\":\"OK\"}");
    }
}
