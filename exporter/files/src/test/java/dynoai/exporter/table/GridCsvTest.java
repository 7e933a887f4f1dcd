package dynoai.exporter.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.schemas.grid.Grid;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GridCsvTest {
    @Test
    void signedGrid_guardsItsCellsAgainstFormulas() throws InvalidTableException {
        // Given
        double[] cells = Grid.empty();
        cells[0] = 3.4545;
        cells[4] = -0.001;
        cells[54] = -5;
        // When
        byte[] csv = GridCsv.write(Grid.of(cells), 2, true);
        // Then
        assertThat(text(csv)).startsWith("RPM,35,50,65,80,95\r\n1500,'+3.45,,,,'-0.00\r\n2000,,,,,\r\n");
        assertThat(text(csv)).endsWith("\r\n6500,,,,,'-5.00\r\n");
        assertThat(GridCsv.read("g.csv", csv).at(0)).isEqualTo(3.45);
    }

    @Test
    void counts_areWholeNumbersWithZeros() {
        // Given
        double[] counts = new double[55];
        counts[1] = 12;
        // When
        byte[] csv = GridCsv.write(Grid.of(counts), 0, false);
        // Then
        assertThat(text(csv)).startsWith("RPM,35,50,65,80,95\r\n1500,0,12,0,0,0\r\n");
    }

    @Test
    void pasteReady_hasValuesOnlyAndNoFinalLineEnd() {
        // Given
        double[] cells = Grid.empty();
        cells[0] = 3.4545;
        cells[53] = -5;
        // When
        String text = text(PasteReady.write(Grid.of(cells), 2, true));
        // Then
        assertThat(text).startsWith("+3.45\t\t\t\t\n\t\t\t\t\n").endsWith("\n\t\t\t-5.00\t");
        assertThat(text.split("\n", -1)).hasSize(11);
    }

    @Test
    void tableWithOtherBins_isNotAGrid() {
        byte[] csv = "RPM,35,50\r\n1500,1,2\r\n".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> GridCsv.read("base.csv", csv))
                .isInstanceOf(InvalidTableException.class)
                .hasMessageContaining("base.csv: found rpm 1500 by kPa 35 50; accepted: rpm 1500 2000");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
