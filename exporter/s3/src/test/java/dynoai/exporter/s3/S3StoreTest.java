package dynoai.exporter.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.schemas.file.Sha256;
import dynoai.schemas.store.ContentStore;
import dynoai.schemas.store.ContentStoreContract;
import dynoai.schemas.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3StoreTest extends ContentStoreContract {
    private static final byte[] LOG = "rpm,map,torque\n3000,80,70\n".getBytes(UTF_8);
    private static final String SHA = Sha256.hex(LOG);

    @TempDir
    Path temp;

    private LocalS3 s3;
    private ContentStore store;
    private int processes;

    @BeforeEach
    void createStore() throws Exception {
        s3 = new LocalS3(temp.resolve("s3"));
        store = ofAnotherProcess();
    }

    @AfterEach
    void stopServer() throws Exception {
        s3.close();
    }

    @Override
    protected ContentStore store() {
        return store;
    }

    @Override
    protected ContentStore ofAnotherProcess() {
        return new S3Storage().store(LocalS3.ADDRESS, s3.settings(temp.resolve("process-" + processes++)));
    }

    @Override
    protected void damage(String sha256) throws IOException {
        Path object = s3.object("logs/sha256/" + sha256.substring(0, 2) + "/" + sha256);
        byte[] bytes = Files.readAllBytes(object);
        bytes[0] ^= 1;
        Files.write(object, bytes, StandardOpenOption.WRITE);
    }

    @Test
    void largeLog_isSentInPartsAndFetchedWhole() throws Exception {
        // Given
        byte[] large = new byte[2 * Bucket.PART_BYTES + 7];
        new Random(5).nextBytes(large);
        String sha256 = Sha256.hex(large);
        // When
        store.put(draft(large), sha256);
        store.put(draft(large), sha256);
        // Then
        assertThat(ofAnotherProcess().fetch(sha256)).hasBinaryContent(large);
    }

    @Test
    void lostAnswerOfAPut_isASuccess() throws Exception {
        // Given
        s3.faults().next(1, "PUT", SHA, FaultyProxy.Kind.LOST_ANSWER);
        // When
        store.put(draft(LOG), SHA);
        // Then
        assertThat(s3.faults().isSpent()).isTrue();
        assertThat(ofAnotherProcess().fetch(SHA)).hasBinaryContent(LOG);
    }

    @Test
    void lostAnswerOfTheId_doesNotMakeTwo() throws Exception {
        // Given
        s3.faults().next(1, "PUT", "store-id", FaultyProxy.Kind.LOST_ANSWER);
        // When
        String id = store.id();
        // Then
        assertThat(s3.faults().isSpent()).isTrue();
        assertThat(ofAnotherProcess().id()).isEqualTo(id);
    }

    @Test
    void conflictsErrorsAndSlowAnswers_areRetried() throws Exception {
        // Given
        s3.faults().next(1, "PUT", SHA, FaultyProxy.Kind.CONFLICT);
        s3.faults().next(1, "PUT", SHA, FaultyProxy.Kind.SERVER_ERROR);
        s3.faults().next(1, "PUT", SHA, FaultyProxy.Kind.UNAVAILABLE);
        s3.faults().next(1, "GET", SHA, FaultyProxy.Kind.SLOW_ANSWER);
        // When
        store.put(draft(LOG), SHA);
        // Then
        assertThat(ofAnotherProcess().fetch(SHA)).hasBinaryContent(LOG);
        assertThat(s3.faults().isSpent()).isTrue();
    }

    @Test
    void serverThatKeepsFailing_isUnavailable() throws Exception {
        // Given
        s3.faults().next(9, "GET", "store-id", FaultyProxy.Kind.UNAVAILABLE);
        // When
        var find = assertThatThrownBy(() -> store.find(ContentStore.Text.ID));
        // Then
        find.isInstanceOf(StoreUnavailableException.class).hasMessageContaining("s3://bucket/prefix/store-id");
    }
}
