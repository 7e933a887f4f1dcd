package dynoai.exporter.stage;

import static org.assertj.core.api.Assertions.assertThat;

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
    private Path store;

    @BeforeEach
    void createFolders() throws Exception {
        runs = Files.createDirectory(temp.resolve("runs"));
        store = Files.createDirectory(temp.resolve("store"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Disk quota exceeded", "There is not enough space on the disk"})
    void fullDisk_isTransient(String message) {
        // When
        IOException classified = TransientFailureException.classify(new IOException(message), runs, store);
        // Then
        assertThat(classified)
                .isInstanceOf(TransientFailureException.class)
                .hasMessage("the disk of " + runs + " is full");
    }

    @Test
    void missingStore_isTransient() throws Exception {
        // Given
        Files.delete(store);
        // When
        IOException classified = TransientFailureException.classify(new IOException("gone"), runs, store);
        // Then
        assertThat(classified)
                .isInstanceOf(TransientFailureException.class)
                .hasMessage("the store of logs, " + store + ", does not exist");
    }

    @Test
    void otherFailure_staysAsItIs() {
        // Given
        IOException failure = new IOException("the store's copy of the log has another hash");
        // When
        IOException classified = TransientFailureException.classify(failure, runs, store);
        // Then
        assertThat(classified).isSameAs(failure);
    }

    @Test
    void transientFailure_staysAsItIs() {
        // Given
        IOException failure = TransientFailureException.otherStore(store, "0a");
        // When
        IOException classified = TransientFailureException.classify(failure, runs, store);
        // Then
        assertThat(classified).isSameAs(failure);
    }
}
