package dynoai.exporter.stage;

import static dynoai.exporter.stage.ExportFixture.LOG;
import static dynoai.exporter.stage.ExportFixture.LOG_NOT_IN_STORE;
import static dynoai.exporter.stage.ExportFixture.STORE_ID;
import static dynoai.exporter.stage.ExportFixture.completed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.schemas.file.ContentPath;
import dynoai.schemas.file.HmacKey;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunSigner;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.store.ContentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedStoreTest {
    @TempDir
    Path temp;

    private ExportFixture fixture;
    private SharedStore store;

    @BeforeEach
    void createStore() throws Exception {
        fixture = new ExportFixture(temp);
        store = new SharedStore(fixture.settings(true));
    }

    /** A run that an ingest with another store sent. */
    private static RunStarted ofOtherStore(int attempt) throws Exception {
        return new RunSigner(new HmacKey("the key of another store"), "another-store")
                .sign(completed().started(), attempt);
    }

    @Test
    void runOfThisStore_isVerified() throws Exception {
        // Given
        RunStarted run = completed().started();
        // When
        RunSigner signer = store.signerFor(run);
        // Then
        assertThat(signer.isSigned(run, 1)).isTrue();
    }

    @Test
    void runOfAnotherStore_isATransientFailureThatNamesBothStores() throws Exception {
        // Given
        RunStarted run = ofOtherStore(1);
        // When
        var verified = assertThatThrownBy(() -> store.signerFor(run));
        // Then
        verified.isInstanceOf(TransientFailureException.class)
                .hasMessageContaining("the store with the id another-store")
                .hasMessageContaining(fixture.store.toString());
    }

    @Test
    void runOfAnotherStore_isNotVerifiedByTheIngestsOwnProcess() throws Exception {
        // Given
        RunStarted run = ofOtherStore(1);
        // When
        RunSigner signer = new SharedStore(fixture.settings(false)).signerFor(run);
        // Then
        assertThat(signer.isSigned(run, 1)).isFalse();
    }

    @Test
    void runOfAnEarlierVersion_isOfAnyStore() throws Exception {
        // Given
        RunStarted sent = completed().started();
        RunStarted run = ExportFixture.sentFrom("", sent);
        // When
        RunSigner signer = store.signerFor(run);
        // Then
        assertThat(signer.isSigned(run, 1)).isTrue();
        assertThat(sent.storeId()).isEqualTo(STORE_ID);
    }

    @Test
    void storeWithoutAKey_isATransientFailureAndGetsNone() throws Exception {
        // Given
        Path key = fixture.store.resolve(ContentStore.Text.KEY.file());
        Files.delete(key);
        RunStarted run = completed().started();
        // When
        var verified = assertThatThrownBy(() -> store.signerFor(run));
        // Then
        verified.isInstanceOf(TransientFailureException.class).hasMessageContaining("has no key");
        assertThat(key).doesNotExist();
    }

    @Test
    void missingLog_isATransientFailure() throws Exception {
        // Given
        RunOutcome.Completed run = completed("local", LOG_NOT_IN_STORE, Map.of(), 1);
        // When
        var read = assertThatThrownBy(() -> store.log(run.started()));
        // Then
        read.isInstanceOf(TransientFailureException.class).hasMessageContaining("with everything in it?");
    }

    @Test
    void logWithAnotherHash_isAFailure() throws Exception {
        // Given
        Files.writeString(ContentPath.of(fixture.store, Sha256.hex(LOG)), "changed");
        RunOutcome.Completed run = completed();
        // When
        var read = assertThatThrownBy(() -> store.log(run.started()));
        // Then
        read.isInstanceOf(IOException.class)
                .isNotInstanceOf(TransientFailureException.class)
                .hasMessageContaining("has another hash");
    }
}
