package dynoai.schemas.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderObjectsTest extends StoreObjectsContract {
    @TempDir
    private Path folder;

    @Override
    protected ContentStore store() {
        return new FolderStore(folder.resolve("store"));
    }
}
