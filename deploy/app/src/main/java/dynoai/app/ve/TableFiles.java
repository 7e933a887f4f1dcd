package dynoai.app.ve;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.app.console.StagedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that these commands read and write whole. */
final class TableFiles {
    private TableFiles() {}

    static byte[] read(Path file, int limit) throws CommandException, IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, file + " is no regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(limit + 1);
        }
    }

    /** Writes a file that appears whole or not at all, and never over its own input. */
    static void write(Path output, byte[] bytes, Path input) throws CommandException, IOException {
        if (Files.isDirectory(output) || Files.exists(output) && Files.isSameFile(output, input)) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, output + " is the input or a folder");
        }
        Path staged = StagedFile.beside(output);
        try {
            Files.write(staged, bytes);
            Files.move(staged, output, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(staged);
        }
    }
}
