package dynoai.schemas.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {
    @TempDir
    Path folder;

    @Test
    void missingFile_isCreatedOnce() throws Exception {
        // Given
        Path file = folder.resolve("keys/token");
        SecretFile first = SecretFile.readOrCreate(file);
        // When
        SecretFile second = SecretFile.readOrCreate(file);
        // Then
        assertThat(first.created()).isTrue();
        assertThat(first.text()).hasSize(48);
        assertThat(second).isEqualTo(new SecretFile(first.text(), false));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void createdFile_isReadableByItsOwnerOnly() throws Exception {
        // Given
        Path file = folder.resolve("token");
        // When
        SecretFile.readOrCreate(file);
        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void twoFiles_haveDifferentSecrets() throws Exception {
        // When
        String one = SecretFile.readOrCreate(folder.resolve("one")).text();
        String two = SecretFile.readOrCreate(folder.resolve("two")).text();
        // Then
        assertThat(one).isNotEqualTo(two);
    }

    @Test
    void shortSecretAndFolder_areErrors() throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("short"), "  123456789012345 \n");
        // When
        Throwable tooShort = catchThrowable(() -> SecretFile.readOrCreate(file));
        Throwable notAFile = catchThrowable(() -> SecretFile.readOrCreate(folder));
        // Then
        assertThat(tooShort).hasMessage(file + " has no secret of at least 16 characters");
        assertThat(notAFile).hasMessageContaining(folder + ": is not a regular file");
    }
}
