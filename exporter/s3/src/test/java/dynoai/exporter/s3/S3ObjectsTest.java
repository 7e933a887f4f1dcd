package dynoai.exporter.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.schemas.store.ContentStore;
import dynoai.schemas.store.StoreObjects;
import dynoai.schemas.store.StoreObjectsContract;
import dynoai.schemas.store.StoreUnavailableException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ObjectsTest extends StoreObjectsContract {
    private static final byte[] ONE = "one".getBytes(UTF_8);
    private static final byte[] TWO = "two".getBytes(UTF_8);

    @TempDir
    Path temp;

    private LocalS3 s3;
    private ContentStore store;

    @BeforeEach
    void createStore() throws Exception {
        s3 = new LocalS3(temp.resolve("s3"));
        store = new S3Storage().store(LocalS3.ADDRESS, s3.settings(temp.resolve("process")));
    }

    @AfterEach
    void stopServer() throws Exception {
        s3.close();
    }

    @Override
    protected ContentStore store() {
        return store;
    }

    @Test
    void objectOfAnotherProcess_isSeenAtOnce() throws Exception {
        // Given
        ContentStore other = new S3Storage().store(LocalS3.ADDRESS, s3.settings(temp.resolve("other")));
        other.objects().write("uploads/s/r/end.json", ONE);
        // When
        boolean created = store.objects().create("uploads/s/r/end.json", TWO);
        // Then
        assertThat(created).isFalse();
        try (InputStream in = store.objects().open("uploads/s/r/end.json")) {
            assertThat(in.readAllBytes()).isEqualTo(ONE);
        }
    }

    @Test
    void lostAnswerOfACreate_isACreate() throws Exception {
        // Given
        s3.faults().next(1, "PUT", "info.json", FaultyProxy.Kind.LOST_ANSWER);
        // When
        boolean created = store.objects().create("uploads/s/r/info.json", ONE);
        // Then
        assertThat(created).isTrue();
        assertThat(store.objects().read("uploads/s/r/info.json")).hasValue(ONE);
    }

    @Test
    void listOfMoreThanAPage_hasAllObjects() throws Exception {
        // Given
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            names.add(String.format("uploads/s/r/parts/%020d", i));
            store.objects().write(names.get(i), ONE);
        }
        // When
        List<StoreObjects.Entry> entries = store.objects().list("uploads/s/r/parts");
        // Then
        assertThat(entries).extracting(StoreObjects.Entry::name).isEqualTo(names);
    }

    @Test
    void stoppedServer_isAnUnavailableStore() throws Exception {
        // Given
        s3.close();
        // When, Then
        assertThatThrownBy(() -> store.objects().read("uploads/s/r/info.json"))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store.objects().list("uploads/s")).isInstanceOf(StoreUnavailableException.class);
    }
}
