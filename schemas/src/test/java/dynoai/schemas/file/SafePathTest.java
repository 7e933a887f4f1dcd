package dynoai.schemas.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafePathTest {
    @TempDir
    Path temp;

    private Path root;

    @BeforeEach
    void makeRoot() throws Exception {
        temp = temp.toRealPath();
        root = Files.createDirectory(temp.resolve("runs"));
    }

    @Test
    void namesInsideTheRoot_areResolved() throws Exception {
        // Given
        Files.createDirectory(root.resolve("shop"));
        // When
        Path there = SafePath.inside(root, "shop/run");
        Path missing = SafePath.inside(root, "a/./b/new");
        // Then
        assertThat(there).isEqualTo(root.resolve("shop/run"));
        assertThat(missing).isEqualTo(root.resolve("a/b/new"));
    }

    @Test
    void escapes_areRejected() {
        // When / Then
        for (String escape : List.of("../x", "a/../../x", "a/..", "/etc/passwd", "\\\\server\\x", "", "a\0b")) {
            assertThatThrownBy(() -> SafePath.inside(root, escape)).isInstanceOf(UnsafePathException.class);
        }
    }

    @Test
    void linkOutOfTheRoot_isRejectedForMissingFilesToo() throws Exception {
        // Given
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.createSymbolicLink(root.resolve("link"), outside);
        // When / Then
        for (String through : List.of("link", "link/new", "link/new/deeper")) {
            assertThatThrownBy(() -> SafePath.inside(root, through))
                    .isInstanceOf(UnsafePathException.class)
                    .hasMessageContaining("outside");
        }
    }

    @Test
    void linkInsideTheRoot_isFollowed() throws Exception {
        // Given
        Files.createDirectory(root.resolve("real"));
        Files.createSymbolicLink(root.resolve("link"), root.resolve("real"));
        // When
        Path path = SafePath.inside(root, "link/x");
        // Then
        assertThat(path).isEqualTo(root.resolve("real/x"));
    }

    @Test
    void siblingWithTheSamePrefix_isNotInside() throws Exception {
        // Given
        Path sibling = Files.createDirectory(temp.resolve("runs-of-others"));
        Files.createSymbolicLink(root.resolve("link"), sibling);
        // When / Then
        assertThatThrownBy(() -> SafePath.inside(root, "link")).isInstanceOf(UnsafePathException.class);
    }

    @Test
    void ids_mustBeValidNames() throws Exception {
        // When
        Path run = SafePath.ofId(root, "2026-03-01T09-30-00Z-00c0de");
        // Then
        assertThat(run).isEqualTo(root.resolve("2026-03-01T09-30-00Z-00c0de"));
        for (String id : List.of("", ".", "..", ".hidden", "a/b", "ä", "x".repeat(65))) {
            assertThatThrownBy(() -> SafePath.ofId(root, id)).isInstanceOf(UnsafePathException.class);
        }
    }

    @Test
    void pathGivenByTheOperator_isNotRestricted() throws Exception {
        // Given
        Files.createSymbolicLink(temp.resolve("link"), root);
        // When
        Path path = SafePath.named(temp.resolve("runs/../link/new").toString());
        // Then
        assertThat(path).isEqualTo(root.resolve("new"));
    }
}
