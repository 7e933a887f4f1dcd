package dynoai.app.ve;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.app.console.SingleLine;
import dynoai.schemas.file.SafePath;
import dynoai.schemas.file.UnsafePathException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A text file to which each apply and rollback adds a line. */
final class OperationLog {
    private static final String ENDING = ".txt";

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Add a line about this operation to a text file, such as apply_log.txt.")
    private @Nullable String file;

    /** Checks the name: only text files are added to, so that no table is damaged. */
    void check() throws CommandException, UnsafePathException, IOException {
        if (file != null && !SafePath.named(file).toString().endsWith(ENDING)) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, "--log takes a file *" + ENDING + ", not " + file);
        }
    }

    void add(String operation, Path from, Path to, String sha) throws IOException, UnsafePathException {
        if (file == null) {
            return;
        }
        String line = SingleLine.of(Instant.now().truncatedTo(ChronoUnit.MILLIS) + "  " + operation + "  by "
                + System.getProperty("user.name") + "  " + from + " -> " + to + "  SHA-256 " + sha);
        Files.writeString(
                SafePath.named(file),
                line + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.SYNC);
    }
}
