package dynoai.exporter;

import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.manifest.ManifestOutput;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.table.GridCsv;
import dynoai.exporter.table.PasteReady;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file of a run before it is written. */
final class RunFile {
    private final ManifestOutput listed;
    private final byte[] bytes;

    private RunFile(String name, String schema, @Nullable Long rows, @Nullable Long columns, byte[] bytes) {
        String type = name.substring(name.lastIndexOf('.') + 1);
        listed = new ManifestOutput(name, type, schema, rows, columns, bytes.length, Sha256.hex(bytes));
        this.bytes = bytes;
    }

    static RunFile grid(GridFile file, Grid grid) {
        GridFile.Kind kind = file.kind();
        byte[] csv = GridCsv.write(grid, kind.decimals(), kind.isSigned());
        return new RunFile(file.file(), kind.schema(), (long) GridAxes.RPM_COUNT, (long) GridAxes.KPA_COUNT, csv);
    }

    /** Returns the same grid for pasting into a tuning program. */
    static RunFile paste(GridFile file, Grid grid) {
        GridFile.Kind kind = file.kind();
        return new RunFile(
                Objects.requireNonNull(file.pasteFile()),
                Objects.requireNonNull(kind.pasteSchema()),
                (long) GridAxes.RPM_COUNT,
                (long) GridAxes.KPA_COUNT,
                PasteReady.write(grid, kind.decimals(), kind.isSigned()));
    }

    static RunFile table(RunFolderLayout.Document file, long rows, long columns, byte[] bytes) {
        return new RunFile(file.file(), file.schema(), rows, columns, bytes);
    }

    static RunFile document(RunFolderLayout.Document file, byte[] bytes) {
        return new RunFile(file.file(), file.schema(), null, null, bytes);
    }

    byte[] bytes() {
        return bytes;
    }

    ManifestOutput listed() {
        return listed;
    }
}
