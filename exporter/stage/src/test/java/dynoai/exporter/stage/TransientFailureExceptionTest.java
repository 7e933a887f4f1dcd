package dynoai.exporter.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.store.FolderStore;
import dynoai.schemas.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransientFailureExceptionTest {
    @TempDir
    Path temp;

    private Path runs;

    @BeforeEach
    void createFolders() throws Exception {
        runs = Files.createDirectory(temp.resolve("runs"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Disk quota exceeded", "There is not enough space on the disk"})
    void fullDisk_isTransient(String message) {
        // When
        IOException classified = TransientFailureException.classify(new IOException(message), runs);
        // Then
        assertThat(classified)
                .isInstanceOf(TransientFailureException.class)
                .hasMessage("the disk of " + runs + " is full");
    }

    @Test
    void unavailableStore_isTransient() {
        // Given
        IOException failure = new StoreUnavailableException("the store of logs, /mnt/store, does not exist", null);
        // When
        IOException classified = TransientFailureException.classify(failure, runs);
        // Then
        assertThat(classified)
                .isInstanceOf(TransientFailureException.class)
                .hasMessage("the store of logs, /mnt/store, does not exist");
    }

    @Test
    void otherFailure_staysAsItIs() {
        // Given
        IOException failure = new IOException("the store's copy of the log has another hash");
        // When
        IOException classified = TransientFailureException.classify(failure, runs);
        // Then
        assertThat(classified).isSameAs(failure);
    }

    @Test
    void transientFailure_staysAsItIs() {
        // Given
        IOException failure = TransientFailureException.noKey(new FolderStore(runs), new IOException("no key"));
        // When
        IOException classified = TransientFailureException.classify(failure, runs);
        // Then
        assertThat(classified).isSameAs(failure);
    }
}
