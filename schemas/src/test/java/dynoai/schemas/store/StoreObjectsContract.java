package dynoai.schemas.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the objects of every {@link ContentStore} do. */
public abstract class StoreObjectsContract {
    /** Returns the store under test, which is empty at first. */
    protected abstract ContentStore store();

    private StoreObjects objects() {
        return store().objects();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void createdObject_isRead() throws Exception {
        // When
        boolean created = objects().create("uploads/s/r/info.json", bytes("one"));
        // Then
        assertThat(created).isTrue();
        assertThat(objects().read("uploads/s/r/info.json")).hasValue(bytes("one"));
    }

    @Test
    void existingObject_isNotCreatedAgain() throws Exception {
        // Given
        objects().create("uploads/s/r/info.json", bytes("one"));
        // When
        boolean created = objects().create("uploads/s/r/info.json", bytes("two"));
        // Then
        assertThat(created).isFalse();
        assertThat(objects().read("uploads/s/r/info.json")).hasValue(bytes("one"));
    }

    @Test
    void writtenObject_isReplaced() throws Exception {
        // Given
        objects().write("a/b", bytes("one"));
        // When
        objects().write("a/b", bytes("two"));
        // Then
        assertThat(objects().read("a/b")).hasValue(bytes("two"));
    }

    @Test
    void listedObjects_areThoseOfTheFolder_sortedByName() throws Exception {
        // Given
        objects().put("uploads/s/r/parts/00000000000000000003", draft("three"));
        objects().put("uploads/s/r/parts/00000000000000000000", draft("two"));
        objects().write("uploads/s/r/partsother", bytes("x"));
        objects().write("uploads/t/r/parts/00000000000000000000", bytes("x"));
        // When
        var entries = objects().list("uploads/s/r/parts");
        // Then
        assertThat(entries)
                .containsExactly(
                        new StoreObjects.Entry("uploads/s/r/parts/00000000000000000000", 3),
                        new StoreObjects.Entry("uploads/s/r/parts/00000000000000000003", 5));
    }

    @Test
    void deletedObject_isGone() throws Exception {
        // Given
        objects().write("a/b/c", bytes("one"));
        objects().write("a/b/d", bytes("two"));
        // When
        objects().delete("a/b/c");
        objects().delete("a/b/never");
        // Then
        assertThat(objects().read("a/b/c")).isEmpty();
        assertThat(objects().list("a")).extracting(StoreObjects.Entry::name).containsExactly("a/b/d");
        assertThatThrownBy(() -> objects().open("a/b/c").close()).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void folderWithoutObjects_isEmpty() throws Exception {
        assertThat(objects().list("uploads/nothing")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "../a", "a/../b", "a/.hidden", "a\\b", "a b", "ä", "a\nb"})
    void invalidName_isRejected(String name) {
        assertThatThrownBy(() -> objects().read(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> objects().write(name, bytes("x"))).isInstanceOf(IllegalArgumentException.class);
    }

    private Path draft(String text) throws IOException {
        Path folder = Files.createDirectories(store().drafts());
        return Files.write(Files.createTempFile(folder, ".tmp-test-", ""), bytes(text));
    }
}
