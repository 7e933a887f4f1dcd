package dynoai.engine;

import dynoai.exporter.analysis.BaseTables;
import dynoai.exporter.table.InvalidTableException;
import dynoai.exporter.table.VeTable;
import dynoai.schemas.file.SmallFile;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the tables that an operation takes as files. */
final class InputTables {
    private InputTables() {}

    /** Reads the base tables of an analysis. */
    static BaseTables baseTables(AnalysisOptions options) throws InvalidTableException, IOException {
        @Nullable String front = options.text(Option.BASE_FRONT);
        @Nullable String rear = options.text(Option.BASE_REAR);
        if (front == null) {
            return BaseTables.NONE;
        }
        return rear == null
                ? BaseTables.of(front, bytes(Path.of(front)))
                : BaseTables.of(front, bytes(Path.of(front)), rear, bytes(Path.of(rear)));
    }

    /**
     * Returns the bytes of a table file.
     *
     * @throws NoSuchFileException if there is no such file, or it is not a regular one
     * @throws InvalidTableException if it is too large for a table
     */
    static byte[] bytes(Path file) throws InvalidTableException, IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(
                    file.toString(), null, Files.isDirectory(file) ? "is a folder" : "no such file");
        }
        long size = Files.size(file);
        if (size > VeTable.MAX_BYTES) {
            throw new InvalidTableException(
                    file.toString(), 0, "", size + " bytes", "a VE table of at most " + VeTable.MAX_BYTES + " bytes");
        }
        return SmallFile.read(file, VeTable.MAX_BYTES);
    }
}
