package dynoai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dynoai.exporter.table.InvalidTableException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargestCorrectionTest {
    @TempDir
    Path folder;

    @Test
    void tableOfAnySize_givesItsLargestCellWithSign() throws Exception {
        // Given
        Path table =
                Files.writeString(folder.resolve("delta.csv"), "RPM,40,60\r\n2000,+1.50,'-3.25\r\n2750,,+3.00\r\n");
        // When
        LargestCorrection largest = LargestCorrection.of(table);
        // Then
        assertThat(largest).isEqualTo(new LargestCorrection(table, -3.25, "2000", "60", 3));
        assertThat(largest.magnitude()).isEqualTo(3.25);
    }

    @Test
    void runFolder_givesTheLargestCellOfItsCombinedDelta() throws Exception {
        // Given
        Files.writeString(folder.resolve("VE_Correction_Delta_DYNO.csv"), "RPM,40\r\n2000,+1.50\r\n");
        // When
        LargestCorrection largest = LargestCorrection.of(folder);
        // Then
        assertThat(largest.percent()).isEqualTo(1.5);
    }

    @Test
    void tableWithoutACorrection_isAnErrorAndNotZero() throws Exception {
        // Given
        Path table = Files.writeString(folder.resolve("delta.csv"), "RPM,40\r\n2000,\r\n");
        // When
        Throwable thrown = catchThrowable(() -> LargestCorrection.of(table));
        // Then
        assertThat(thrown).isInstanceOf(InvalidTableException.class).hasMessageContaining("no cell with a correction");
    }
}
