package dynoai.app.ve;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.schemas.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the files of {@code export} and {@code import}. */
final class TableFiles {
    private TableFiles() {}

    /** Writes a file atomically, and never over its own input. */
    static void write(Path output, byte[] bytes, Path input) throws CommandException, IOException {
        if (Files.exists(output) && Files.isSameFile(output, input)) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, output + " is the input");
        }
        AtomicFile.write(output, bytes);
    }
}
