package dynoai.schemas.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a folder does; what every store does is in {@link ContentStoreContract}. */
class FolderStoreTest extends ContentStoreContract {
    private static final byte[] LOG = "rpm,map,torque\n3000,80,70\n".getBytes(UTF_8);
    private static final String SHA = Sha256.hex(LOG);

    @TempDir
    Path temp;

    private Path folder;
    private FolderStore store;

    @BeforeEach
    void createStore() {
        folder = temp.resolve("store");
        store = new FolderStore(folder);
    }

    @Override
    protected ContentStore store() {
        return store;
    }

    @Override
    protected ContentStore ofAnotherProcess() {
        return new FolderStore(folder);
    }

    @Override
    protected void damage(String sha256) throws IOException {
        Files.writeString(folder.resolve(sha256.substring(0, 2)).resolve(sha256), "changed");
    }

    /** Writes other bytes of the same length into the file. */
    private static void overwrite(Path log, long modifiedMillis) throws IOException {
        Files.write(log, new byte[LOG.length], StandardOpenOption.WRITE);
        Files.setLastModifiedTime(log, FileTime.fromMillis(modifiedMillis));
    }

    @Test
    void fileStoredByThisProcess_isNotHashedAgain() throws Exception {
        // Given
        store.put(draft(LOG), SHA);
        Path log = store.fetch(SHA);
        Files.setLastModifiedTime(log, FileTime.fromMillis(1_000));
        store.fetch(SHA);
        overwrite(log, 1_000);
        // When
        Path fetched = store.fetch(SHA);
        // Then
        assertThat(fetched).isEqualTo(log);
    }

    @Test
    void fileChangedSinceItWasStored_isNotFetched() throws Exception {
        // Given
        store.put(draft(LOG), SHA);
        overwrite(store.fetch(SHA), 2_000);
        // When
        var fetch = assertThatThrownBy(() -> store.fetch(SHA));
        // Then
        fetch.isInstanceOf(IOException.class).hasMessageContaining("has another hash");
    }

    @Test
    void storingTheSameAgain_renewsTheTimeOfTheFileAndHashesItNotAgain() throws Exception {
        // Given
        store.put(draft(LOG), SHA);
        Path log = store.fetch(SHA);
        Files.setLastModifiedTime(log, FileTime.fromMillis(1_000));
        store.fetch(SHA);
        Files.write(log, new byte[LOG.length], StandardOpenOption.WRITE);
        Files.setLastModifiedTime(log, FileTime.fromMillis(1_000));
        // When
        store.put(draft(LOG), SHA);
        // Then
        assertThat(Files.getLastModifiedTime(log).toMillis()).isGreaterThan(1_000);
        assertThat(store.fetch(SHA)).isEqualTo(log);
    }

    @Test
    void missingFolder_isUnavailable() {
        // When
        var fetch = assertThatThrownBy(() -> store.fetch(SHA));
        // Then
        fetch.isInstanceOf(StoreUnavailableException.class).hasMessageContaining("does not exist");
        assertThat(store.exists()).isFalse();
    }
}
