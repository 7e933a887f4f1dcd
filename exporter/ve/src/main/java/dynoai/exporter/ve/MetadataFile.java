package dynoai.exporter.ve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The metadata beside a table: the newest application first, then the earlier ones that were written to the same file. Keeping
 * those makes one file cover the table before and after an apply, and lets rollback go back one by one in place.
 */
record MetadataFile(Path path, List<ApplyMetadata> applications) {
    static final int MAX_BYTES = 8 << 20;

    /** Applications a file remembers. */
    static final int MAX_APPLICATIONS = 100;

    /** {@code ve_updated.csv} has {@code ve_updated_meta.json}. */
    static Path besides(Path table) {
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

    /** What is there already; no applications where there is no file. */
    static MetadataFile readIfThere(Path path) throws VeException, IOException {
        return Files.exists(path) ? read(path) : new MetadataFile(path, List.of());
    }

    /** This file after one more application; the oldest are forgotten where it would grow too large to be read back. */
    MetadataFile with(ApplyMetadata newest) {
        List<ApplyMetadata> all = new ArrayList<>();
        all.add(newest);
        all.addAll(applications.subList(0, Math.min(applications.size(), MAX_APPLICATIONS - 1)));
        while (all.size() > 1 && MetadataWriter.write(all).length > MAX_BYTES) {
            all.remove(all.size() - 1);
        }
        return new MetadataFile(path, List.copyOf(all));
    }

    /** The application that made the table with this hash; null when none says so. */
    @Nullable
    ApplyMetadata thatMade(String tableSha) {
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
