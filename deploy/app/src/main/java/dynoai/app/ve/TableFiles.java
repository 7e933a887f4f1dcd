package dynoai.app.ve;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.schemas.file.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads and writes the files of {@code export} and {@code import}. */
final class TableFiles {
    private TableFiles() {}

    static byte[] read(Path file, int limit) throws CommandException, IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, file + " is not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(limit + 1);
        }
    }

    /** Writes a file atomically, and never over its own input. */
    static void write(Path output, byte[] bytes, Path input) throws CommandException, IOException {
        if (Files.isDirectory(output) || Files.exists(output) && Files.isSameFile(output, input)) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, output + " is the input or a folder");
        }
        AtomicFile.write(output, bytes);
    }
}
