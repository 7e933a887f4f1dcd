package dynoai.ingest.folder;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with an ingest on a new drop folder. */
class DropFolderCase {
    @TempDir
    Path temp;

    DropFolderFixture ingest;

    @BeforeEach
    final void openDropFolder() throws Exception {
        ingest = DropFolderFixture.in(temp).start();
    }

    @AfterEach
    final void closeDropFolder() throws Exception {
        ingest.close();
    }
}
