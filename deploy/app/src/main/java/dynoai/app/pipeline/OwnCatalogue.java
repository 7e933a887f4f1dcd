package dynoai.app.pipeline;

import dynoai.catalogue.Catalogue;
import dynoai.catalogue.CatalogueAddress;
import dynoai.schemas.file.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of a dashboard apart: the shared one, or a SQLite file of its own. The file is in the data directory, or temporary if
 * that does not exist or another dashboard uses it.
 */
final class OwnCatalogue implements AutoCloseable {
    private static final String FILE = "dashboard.db";

    private final Catalogue catalogue;
    private final @Nullable LockFile lock;
    private final @Nullable Path temporary;

    private OwnCatalogue(CatalogueAddress address, @Nullable LockFile lock, @Nullable Path temporary) {
        this.catalogue = Catalogue.at(address);
        this.lock = lock;
        this.temporary = temporary;
    }

    static OwnCatalogue of(Optional<CatalogueAddress> shared, Path data) throws IOException {
        if (shared.isPresent()) {
            return new OwnCatalogue(shared.get(), null, null);
        }
        if (Files.isDirectory(data) && Files.isWritable(data)) {
            try {
                LockFile lock = LockFile.acquire(data.resolve(FILE + ".lock"));
                return new OwnCatalogue(new CatalogueAddress.File(data.resolve(FILE)), lock, null);
            } catch (LockFile.HeldException ignored) {
                // Another dashboard uses that file.
            }
        }
        Path folder = Files.createTempDirectory("dynoai-dashboard");
        return new OwnCatalogue(new CatalogueAddress.File(folder.resolve(FILE)), null, folder);
    }

    Catalogue catalogue() {
        return catalogue;
    }

    @Override
    public void close() throws IOException {
        catalogue.close();
        if (lock != null) {
            lock.close();
        }
        if (temporary != null) {
            CatalogueAddress.delete(temporary.resolve(FILE));
            Files.deleteIfExists(temporary);
        }
    }
}
