package dynoai.app.console;

import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.SafePath;
import dynoai.schemas.file.UnsafePathException;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a page atomically to a file, or to stdout. */
public final class PageOutput {
    private PageOutput() {}

    /** @param file empty for stdout */
    public static void write(Console console, String file, byte[] page) throws IOException, UnsafePathException {
        if (file.isEmpty()) {
            console.out().write(page, 0, page.length);
            return;
        }
        Path target = SafePath.named(file);
        AtomicFile.write(target, page);
        console.message("Page written to " + file);
    }
}
