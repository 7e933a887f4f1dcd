package dynoai.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dynoai.ingest.log.text.LogSource;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class LogSourceTest {
    @Test
    void kernelFileWithoutEnd_isEmpty() throws Exception {
        // Given
        Path endless = Path.of("/proc/kmsg");
        assumeTrue(Files.isReadable(endless));
        // When
        int read;
        try (LogSource.Bytes bytes = LogSource.of(endless).open()) {
            read = bytes.read(new byte[10], 0, 10);
        }
        // Then
        assertThat(read).isEqualTo(-1);
    }
}
