package dynoai.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.dashboard.Place;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class PageFlagsTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = Console.of(new ByteArrayOutputStream(), err);

    @Command(name = "example")
    private static final class Example {
        @Mixin
        private final PageFlags page = new PageFlags();
    }

    @Test
    void missingTokenFile_isCreated_andItsTokenPrintedOnce() throws Exception {
        // Given
        PageFlags flags = parsed("--token-file", folder.resolve("token").toString());

        // When
        Place first = flags.place(console);
        Place second = flags.place(console);

        // Then
        assertThat(first.token()).hasSizeGreaterThan(16).isEqualTo(second.token());
        assertThat(err.toString(StandardCharsets.UTF_8)).containsOnlyOnce("/?token=" + first.token());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void createdTokenFile_isReadableByItsOwnerOnly() throws Exception {
        // Given
        Path file = folder.resolve("token");

        // When
        parsed("--token-file", file.toString()).place(console);

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void token_overridesItsFile_unlessItIsEmpty() throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("token"), "token-of-the-file\n");

        // When
        Place given = parsed("--token", "token-of-the-flag", "--token-file", file.toString())
                .place(console);
        Place empty = parsed("--token", "", "--token-file", file.toString()).place(console);

        // Then
        assertThat(List.of(given.token(), empty.token())).containsExactly("token-of-the-flag", "token-of-the-file");
    }

    @Test
    void placeWithoutAPage_createsNoTokenFile() throws Exception {
        // Given
        Path file = folder.resolve("token");

        // When
        Place place = parsed("--token-file", file.toString()).placeWithoutPage();

        // Then
        assertThat(place.token()).isNull();
        assertThat(file).doesNotExist();
    }

    @Test
    void pageNames_areRepeatedOrSeparatedByCommas() throws Exception {
        // When
        Place place = parsed("--page-name", "a.example,b.example", "--page-name", "c.example")
                .place(console);

        // Then
        assertThat(place.names()).containsExactly("a.example", "b.example", "c.example");
    }

    @Test
    void credentials_replaceTheToken() throws Exception {
        // When
        Place place = parsed("--credentials").place(console);

        // Then
        assertThat(place.withCredentials()).isTrue();
        assertThatThrownBy(() -> parsed("--credentials", "--token", "a-token-of-enough-letters")
                        .place(console))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("give one of them");
    }

    @Test
    void helpOfToken_warnsOfTheListOfProcesses() {
        // When
        String help = new CommandLine(new Example()).getUsageMessage();

        // Then
        assertThat(help.replaceAll("\\s+", " ")).contains("in the list of processes: prefer --token-file");
    }

    private static PageFlags parsed(String... arguments) {
        Example example = new Example();
        new CommandLine(example).parseArgs(arguments);
        return example.page;
    }
}
