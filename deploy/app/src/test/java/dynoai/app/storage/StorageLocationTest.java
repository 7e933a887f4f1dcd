package dynoai.app.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageLocationTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource({"runs,true", "/srv/runs,true", "s3://bucket/prefix,false"})
    void address_isNoFolder(String place, boolean folder) {
        // When
        StorageLocation location = new StorageLocation(place, StorageAccess.DEFAULT);
        // Then
        assertThat(location.isFolder()).isEqualTo(folder);
    }

    @Test
    void unknownScheme_isAnError() {
        // Given
        StorageLocation location = new StorageLocation("gs://bucket/prefix", StorageAccess.DEFAULT);
        // When
        CommandException error = catchThrowableOfType(CommandException.class, () -> location.store(temp));
        // Then
        assertThat(error).hasMessage("not a folder or an address like s3://bucket/prefix: gs://bucket/prefix");
        assertThat(error.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void invalidBucket_isAnError() {
        // Given
        StorageLocation location = new StorageLocation("s3://NO/prefix", StorageAccess.DEFAULT);
        // When
        CommandException error = catchThrowableOfType(CommandException.class, () -> location.shelf(temp, "x"));
        // Then
        assertThat(error).hasMessageContaining("not an address like s3://bucket/prefix");
    }

    @Test
    void missingModule_isNamed() throws Exception {
        // Given
        try (URLClassLoader without = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
            // When
            CommandException error = catchThrowableOfType(
                    CommandException.class,
                    () -> StorageModule.forAddress("s3://bucket", without, Optional.of(temp.resolve("lib/s3"))));
            // Then
            assertThat(error)
                    .hasMessageContaining("s3://bucket needs the optional module dynoai-exporter-s3")
                    .hasMessageContaining("lib/s3 next to dynoai.jar");
        }
    }
}
