package dynoai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataDirectoryTest {
    @ParameterizedTest
    @CsvSource({"nfs4,true", "cifs,true", "fuse.sshfs,true", "ext4,false", "overlay,false", "apfs,false", "tmpfs,false"
    })
    void networkFileSystems_areDistinguishedFromLocalOnes(String type, boolean network) {
        // When
        boolean found = DataDirectory.isNetwork(type);
        // Then
        assertThat(found).isEqualTo(network);
    }

    @Test
    void nativeWindows_failsWithAlternatives(@TempDir Path data) {
        // When
        var thrown = assertThatThrownBy(() -> DataDirectory.prepare(data, "Windows 11"));
        // Then
        thrown.isInstanceOf(BrokerStartException.class)
                .hasMessageContaining("WSL2")
                .hasMessageContaining("--bootstrap");
    }

    @Test
    void fileInPlaceOfTheDirectory_fails(@TempDir Path root) throws Exception {
        // Given
        Path file = Files.writeString(root.resolve("data"), "x");
        // When
        var thrown = assertThatThrownBy(() -> DataDirectory.prepare(file));
        // Then
        thrown.isInstanceOf(BrokerStartException.class).hasMessageContaining(file.toString());
    }
}
