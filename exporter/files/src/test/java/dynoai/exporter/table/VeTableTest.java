package dynoai.exporter.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VeTableTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "RPM,20.0,30\n1000,81.25,\n1125,'-3,+4.5\n",
                "\uFEFFRPM,20.0,30\r\n1000,81.25,\r\n1125,-3,'+4.5\r\n\r\n",
                "rpm/kPa, 20.0 ,30\r1000,81.25,\r1125,-3,4.5",
                "\"RPM\",\"20.0\",30\n\n1000,\"81.25\",\"\"\n1125,-3.0,.45e1\n"
            })
    void table_isReadWithAnyLineEndsMarksAndGuards(String csv) throws InvalidTableException {
        // When
        VeTable table = VeTable.read("base.csv", bytes(csv));
        // Then
        assertThat(new String(table.write(), StandardCharsets.UTF_8))
                .isEqualTo("RPM,20.0,30\r\n1000,81.2500,\r\n1125,'-3.0000,4.5000\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RPM,35\\n1500,abc|t.csv, line 2, column 35: found 'abc'; accepted: a number or nothing",
                "RPM,35\\n1500,NaN|t.csv, line 2, column 35: found 'NaN'; accepted: a number or nothing",
                "RPM,35\\n1500,1e9|t.csv, line 2, column 35: found '1e9'; accepted: a number below 1e9",
                "RPM,35\\n\\n1500,1,2|t.csv, line 3: found 3 cells; accepted: 2 cells, as many as the header has",
                "RPM,35\\n1500,1\\n1500.0,1|t.csv, line 3, column RPM: found the bin '1500.0' a second time; accepted: each bin once",
                "RPM,35,\\n1500,1,2|t.csv, line 1, column 3: found nothing; accepted: a number, the bin's label",
                "1500,80|t.csv, line 1, column 1: found '1500'; accepted: RPM, then one manifold pressure for each column",
                "RPM,35|t.csv: found a header and no row; accepted: a header and at least one row",
            })
    void invalidTable_isRejectedWithPlaceFoundAndAccepted(String csv, String message) {
        assertThatThrownBy(() -> VeTable.read("t.csv", bytes(csv.replace("\\n", "\n"))))
                .isInstanceOf(InvalidTableException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 3"})
    void controlCharacterInACell_isRejectedWithItsPlace(int cell, int column) {
        // Given
        String[] cells = {"1500", "40", ""};
        cells[cell] += '\0';
        byte[] table = bytes("RPM,35,50\n" + String.join(",", cells) + "\n");
        // When
        Throwable thrown = catchThrowable(() -> VeTable.read("t.csv", table));
        // Then
        assertThat(thrown)
                .isInstanceOf(InvalidTableException.class)
                .hasMessageContaining("t.csv, line 2, column " + column + ": found '")
                .hasMessageContaining("?'; accepted: text without control characters");
    }

    @Test
    void verticalTabAndFormFeed_areWhiteSpace() throws InvalidTableException {
        // When
        VeTable table = VeTable.read("t.csv", bytes("RPM,35\n\u000B\f\n1500,\u000B40\f\n"));
        // Then
        assertThat(table.at(0)).isEqualTo(40);
    }

    @Test
    void tableBeyondItsLimits_isRejected() {
        assertThatThrownBy(() -> VeTable.read("t.csv", new byte[VeTable.MAX_BYTES + 1]))
                .isInstanceOf(InvalidTableException.class);
        assertThatThrownBy(() -> VeTable.read("t.csv", bytes("RPM" + ",1".repeat(300))))
                .isInstanceOf(InvalidTableException.class);
        assertThatThrownBy(() -> VeTable.read("t.csv", bytes("RPM,35\n1500," + "1".repeat(900_000) + "x")))
                .isInstanceOf(InvalidTableException.class);
        assertThatThrownBy(() -> VeTable.read("t.csv", new byte[] {'R', 'P', 'M', (byte) 0xff}))
                .isInstanceOf(InvalidTableException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void sameBins_areComparedAsNumbers() {
        // Given
        VeTable table = VeTable.of(List.of("1500"), List.of("35.0"), new double[1]);
        // When
        boolean same = table.hasBinsOf(VeTable.of(List.of("1500.00"), List.of("35"), new double[1]));
        // Then
        assertThat(same).isTrue();
        assertThat(table.hasBinsOf(VeTable.of(List.of("1500"), List.of("36"), new double[1])))
                .isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
