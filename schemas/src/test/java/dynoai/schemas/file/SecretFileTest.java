package dynoai.schemas.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
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
        assertThat(first.text()).hasSize(SecretFile.SECRET_CHARACTERS);
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
    void concurrentCreators_readTheSameSecret() throws Exception {
        // Given
        Path file = folder.resolve("token");
        int threads = 16;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService creators = Executors.newFixedThreadPool(threads);
        List<Callable<SecretFile>> all = Collections.nCopies(threads, () -> {
            start.await();
            return SecretFile.readOrCreate(file);
        });
        // When
        List<SecretFile> secrets = new ArrayList<>();
        for (Future<SecretFile> secret : creators.invokeAll(all)) {
            secrets.add(secret.get());
        }
        creators.shutdown();
        // Then
        assertThat(secrets)
                .extracting(SecretFile::text)
                .containsOnly(secrets.get(0).text());
        assertThat(secrets).filteredOn(SecretFile::created).hasSize(1);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
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
