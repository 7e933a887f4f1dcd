package dynoai.exporter.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dynoai.schemas.option.ConformanceCases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reading and writing again gives the same bytes for every grid among the conformance cases. */
class ConformanceTablesTest {
    @Test
    void expectedGrids_areWrittenBackByteForByte() throws Exception {
        // Given
        assumeThat(ConformanceCases.CONFORMANCE)
                .as("the conformance cases in ../shared")
                .isDirectory();
        // When
        List<Path> grids = expectedFiles(".csv");
        // Then
        assertThat(grids).isNotEmpty();
        for (Path file : grids) {
            byte[] expected = Files.readAllBytes(file);
            String name = file.getFileName().toString();
            VeTable table = VeTable.read(name, expected);
            boolean tenths = name.startsWith("Torque") || name.startsWith("HP");
            boolean plus = name.startsWith("VE_Corr") || name.startsWith("Spark") || name.startsWith("AFR");
            int decimals = name.startsWith("Coverage")
                    ? 0
                    : tenths ? 1 : name.startsWith("VE_Front") || name.startsWith("VE_Rear") ? 4 : 2;
            assertThat(new String(table.write(decimals, plus), StandardCharsets.UTF_8))
                    .as(file.toString())
                    .isEqualTo(new String(expected, StandardCharsets.UTF_8));
        }
    }

    private static List<Path> expectedFiles(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(ConformanceCases.CONFORMANCE)) {
            return files.filter(file -> file.toString().contains("expected")
                            && file.toString().endsWith(ending))
                    .collect(Collectors.toList());
        }
    }
}
