package dynoai.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dynoai.ingest.log.text.Chunks;
import dynoai.ingest.log.text.HeaderLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * FastCSV as a referee from outside: where a quoted cell is closed on its own line, both must find the same cells. The
 * specification goes its own way for open quotes and for text after a closing one; there the reference reader judges.
 */
class CellsAgainstFastCsvTest {
    private static final String[] CELLS = {
        "",
        "1",
        "-2.5",
        " 3",
        "4 ",
        "\"5\"",
        "\"6\"\"7\"",
        "\"a,b\"",
        "\"a;b\"",
        "\"\tx\"",
        "\"\"",
        "\"\"\"\"",
        "x\"y",
        "x\"\"y\"",
        " \"8\"",
        "é",
        "ÿ",
        "12345678901",
        "\"  9 \"",
        "n/a"
    };
    private static final String[] LINE_ENDS = {"\n", "\r\n", "\r"};

    @Test
    void headerCells_equalThoseOfFastCsv() {
        for (long seed = 0; seed < 20_000; seed++) {
            // Given
            Random random = new Random(seed);
            List<String> line = line(random, 1 + random.nextInt(9));
            // When
            HeaderLine header = new HeaderLine(String.join(",", line));
            // Then
            if (header.delimiter() == ',') {
                assertThat(header.columns())
                        .as("seed %d", seed)
                        .isEqualTo(fastCsv(String.join(",", line)).get(0));
            }
        }
    }

    @Test
    void rowCells_equalThoseOfFastCsv() {
        for (long seed = 0; seed < 5_000; seed++) {
            // Given
            Random random = new Random(seed);
            int columns = 1 + random.nextInt(8);
            String lineEnd = LINE_ENDS[random.nextInt(3)];
            StringBuilder text = new StringBuilder();
            for (int row = 0; row < 12; row++) {
                // A first cell of one digit: the line is never blank.
                text.append("7,")
                        .append(String.join(",", line(random, columns)))
                        .append(lineEnd);
            }
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i <= columns; i++) {
                if (random.nextInt(3) > 0) {
                    all.add(i);
                }
            }
            SlotMap slots = SlotMap.of(all);
            byte[] lines = text.toString().getBytes(StandardCharsets.UTF_8);
            byte[] padded = new byte[lines.length + Chunks.PADDING];
            System.arraycopy(lines, 0, padded, 0, lines.length);
            padded[lines.length] = '\n';
            RawBlock block = new RawBlock(slots.count(), true);
            // When
            new RowParser(',', false, slots, -1).fill(padded, 0, lines.length, block);
            // Then
            List<List<String>> wanted = fastCsv(text.toString());
            assertThat(block.rows).isEqualTo(wanted.size());
            for (int row = 0; row < block.rows; row++) {
                for (int column : all) {
                    double number = ReferenceText.number(wanted.get(row).get(column), false);
                    assertThat(Double.doubleToLongBits(block.values[slots.slotOf(column)][row]))
                            .as("seed %d row %d column %d", seed, row, column)
                            .isEqualTo(Double.doubleToLongBits(number));
                }
            }
        }
    }

    private static List<String> line(Random random, int columns) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            cells.add(CELLS[random.nextInt(CELLS.length)]);
        }
        if (columns == 1 && cells.get(0).isEmpty()) {
            cells.set(0, "1");
        }
        return cells;
    }

    private static List<List<String>> fastCsv(String text) {
        List<List<String>> rows = new ArrayList<>();
        for (CsvRecord row : CsvReader.builder().ofCsvRecord(text)) {
            rows.add(row.getFields());
        }
        return rows;
    }
}
