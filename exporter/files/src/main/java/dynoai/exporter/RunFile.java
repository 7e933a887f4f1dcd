package dynoai.exporter;

import dynoai.exporter.manifest.ManifestOutput;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.grid.GridAxes;
import org.jspecify.annotations.Nullable;

/** A file of a run before it is written. */
final class RunFile {
    private final String name;
    private final String schema;
    private final @Nullable Long rows;
    private final @Nullable Long cols;
    private final byte[] bytes;

    private RunFile(String name, String schema, @Nullable Long rows, @Nullable Long cols, byte[] bytes) {
        this.name = name;
        this.schema = schema;
        this.rows = rows;
        this.cols = cols;
        this.bytes = bytes;
    }

    /** @param schema what the file holds, as the manifest calls it */
    static RunFile grid(String name, String schema, byte[] bytes) {
        return table(name, schema, GridAxes.RPM_COUNT, GridAxes.KPA_COUNT, bytes);
    }

    static RunFile table(String name, String schema, long rows, long cols, byte[] bytes) {
        return new RunFile(name, schema, rows, cols, bytes);
    }

    static RunFile document(String name, String schema, byte[] bytes) {
        return new RunFile(name, schema, null, null, bytes);
    }

    String name() {
        return name;
    }

    byte[] bytes() {
        return bytes;
    }

    ManifestOutput listed() {
        String type = name.substring(name.lastIndexOf('.') + 1);
        return new ManifestOutput(name, type, schema, rows, cols, bytes.length, Sha256.hex(bytes));
    }
}
