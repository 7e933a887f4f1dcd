package dynoai.app.console;

import dynoai.schemas.file.SafePath;
import dynoai.schemas.file.UnsafePathException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Where a page goes: to a file, whole or not at all, or to stdout. */
public final class PageOutput {
    private PageOutput() {}

    /** @param file empty for stdout */
    public static void write(Console console, String file, byte[] page)
            throws IOException, UnsafePathException, CommandException {
        if (file.isEmpty()) {
            console.out().write(page, 0, page.length);
            return;
        }
        Path target = SafePath.named(file);
        if (Files.isDirectory(target)) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, file + " is a folder; name the page's file");
        }
        Path temporary = StagedFile.beside(target);
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                for (ByteBuffer bytes = ByteBuffer.wrap(page); bytes.hasRemaining(); ) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        console.message("Page written to " + file);
    }
}
