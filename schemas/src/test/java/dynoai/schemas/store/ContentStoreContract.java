package dynoai.schemas.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link ContentStore} does. */
public abstract class ContentStoreContract {
    private static final byte[] LOG = "rpm,map,torque\n1,2,3\n".getBytes(UTF_8);
    private static final String SHA = Sha256.hex(LOG);

    /** Returns the store under test, which is empty at first. */
    protected abstract ContentStore store();

    /** Returns the same store as another process opens it. */
    protected abstract ContentStore ofAnotherProcess();

    /** Replaces stored bytes by others. */
    protected abstract void damage(String sha256) throws IOException;

    /** Writes a file on its way into the store. */
    protected final Path draft(byte[] bytes) throws IOException {
        Path folder = Files.createDirectories(store().drafts());
        return Files.write(Files.createTempFile(folder, ".tmp-test-", ""), bytes);
    }

    @Test
    void storedBytes_areFetchedByAnotherProcess() throws Exception {
        // Given
        Path draft = draft(LOG);
        // When
        store().put(draft, SHA);
        // Then
        assertThat(ofAnotherProcess().contains(SHA)).isTrue();
        assertThat(ofAnotherProcess().fetch(SHA)).hasBinaryContent(LOG);
        assertThat(store().fetch(SHA)).hasBinaryContent(LOG);
    }

    @Test
    void sameBytes_areStoredOnce() throws Exception {
        // Given
        store().put(draft(LOG), SHA);
        // When
        ofAnotherProcess().put(draft(LOG), SHA);
        // Then
        assertThat(store().fetch(SHA)).hasBinaryContent(LOG);
    }

    @Test
    void missingBytes_areNotFound() throws Exception {
        // Given
        store().put(draft(new byte[1]), Sha256.hex(new byte[1]));
        // When
        var fetch = assertThatThrownBy(() -> store().fetch(SHA));
        // Then
        fetch.isInstanceOf(NoSuchFileException.class);
        assertThat(store().contains(SHA)).isFalse();
    }

    @Test
    void damagedBytes_areNotFetched() throws Exception {
        // Given
        store().put(draft(LOG), SHA);
        damage(SHA);
        // When
        var fetch = assertThatThrownBy(() -> ofAnotherProcess().fetch(SHA));
        // Then
        fetch.isInstanceOf(IOException.class)
                .isNotInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("another hash");
    }

    @Test
    void id_isTheSameForEveryProcess() throws Exception {
        // Given
        String id = store().id();
        // When
        String ofOther = ofAnotherProcess().id();
        // Then
        assertThat(id).hasSizeGreaterThan(16).isEqualTo(ofOther);
    }

    @Test
    void text_isCreatedOnce() throws Exception {
        // Given
        boolean first = store().create(ContentStore.Text.KEY, "the key of the first process");
        // When
        boolean second = ofAnotherProcess().create(ContentStore.Text.KEY, "the key of the second process");
        // Then
        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(store().find(ContentStore.Text.KEY)).contains("the key of the first process");
    }

    @Test
    void missingText_isEmpty() throws Exception {
        // When
        Optional<String> id = store().find(ContentStore.Text.ID);
        // Then
        assertThat(id).isEmpty();
    }
}
