package dynoai.engine;

import dynoai.exporter.BaseTables;
import dynoai.exporter.table.InvalidTableException;
import dynoai.exporter.table.VeTable;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files that an analysis' options name: the base tables, read and checked before anything is written. */
final class OptionFiles {
    private OptionFiles() {}

    static BaseTables baseTables(AnalysisOptions options) throws InvalidTableException, IOException {
        @Nullable String front = options.text(Option.BASE_FRONT);
        @Nullable String rear = options.text(Option.BASE_REAR);
        if (front == null) {
            return BaseTables.NONE;
        }
        return rear == null
                ? BaseTables.of(front, bytes(front))
                : BaseTables.of(front, bytes(front), rear, bytes(rear));
    }

    private static byte[] bytes(String name) throws InvalidTableException, IOException {
        Path file = Path.of(name);
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(name, null, Files.isDirectory(file) ? "is a folder" : "no such file");
        }
        long size = Files.size(file);
        if (size > VeTable.MAX_BYTES) {
            throw new InvalidTableException(
                    name, 0, "", size + " bytes", "a VE table of at most " + VeTable.MAX_BYTES + " bytes");
        }
        return Files.readAllBytes(file);
    }
}
