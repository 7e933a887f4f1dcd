package dynoai.exporter.shelf;

import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FolderShelfTest extends RunShelfContract {
    @TempDir
    Path runs;

    private FolderShelf shelf;
    private FolderShelf other;

    @BeforeEach
    void createShelf() throws IOException {
        shelf = new FolderShelf(runs, "test");
        other = new FolderShelf(runs, "other");
        shelf.sweep();
        other.sweep();
    }

    @Override
    protected RunShelf shelf() {
        return shelf;
    }

    @Override
    protected RunShelf ofAnotherProcess() {
        return other;
    }

    @Override
    protected void damage(RunKey run, String file) throws IOException {
        Files.writeString(runs.resolve(run.toString()).resolve(file), "changed");
    }
}
