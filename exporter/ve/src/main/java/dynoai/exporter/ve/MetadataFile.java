package dynoai.exporter.ve;

import dynoai.exporter.application.ApplyMetadata;
import dynoai.exporter.application.MetadataWriter;
import dynoai.exporter.ve.factor.InputFile;
import dynoai.exporter.ve.factor.VeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a table: the applications that were written to this file, newest first. Keeping the earlier ones makes the
 * file cover the table before and after an apply, and allows rolling back step by step.
 */
record MetadataFile(Path path, List<ApplyMetadata> applications) {
    static final int MAX_BYTES = 8 << 20;

    /** The number of applications that are kept. */
    static final int MAX_APPLICATIONS = 100;

    /** Returns the default metadata file: {@code ve_updated_meta.json} for {@code ve_updated.csv}. */
    static Path nextTo(Path table) {
        String name = String.valueOf(table.getFileName());
        int ending = name.lastIndexOf('.');
        return table.resolveSibling((ending > 0 ? name.substring(0, ending) : name) + "_meta.json");
    }

    static MetadataFile read(Path path) throws VeException, IOException {
        if (Files.isRegularFile(path) && Files.size(path) > MAX_BYTES) {
            throw VeException.metadata("invalid metadata " + path + ": it is larger than " + MAX_BYTES + " bytes");
        }
        InputFile file = InputFile.read("metadata", path, MAX_BYTES);
        return new MetadataFile(path, new MetadataReader(path.toString()).read(file.bytes()));
    }

    /** Returns the existing metadata; no applications if there is no file. */
    static MetadataFile readIfPresent(Path path) throws VeException, IOException {
        return Files.exists(path) ? read(path) : new MetadataFile(path, List.of());
    }

    /** Returns this file with one more application; the oldest are dropped if it becomes too large to be read. */
    MetadataFile with(ApplyMetadata newest) {
        List<ApplyMetadata> all = new ArrayList<>();
        all.add(newest);
        all.addAll(applications.subList(0, Math.min(applications.size(), MAX_APPLICATIONS - 1)));
        while (all.size() > 1 && MetadataWriter.write(all).length > MAX_BYTES) {
            all.remove(all.size() - 1);
        }
        return new MetadataFile(path, List.copyOf(all));
    }

    /** Returns the application that produced the table with this hash; null if no application did. */
    @Nullable
    ApplyMetadata findByOutput(String tableSha) {
        for (ApplyMetadata application : applications) {
            if (tableSha.equals(application.outputSha())) {
                return application;
            }
        }
        return null;
    }

    byte[] bytes() {
        return MetadataWriter.write(applications);
    }
}
