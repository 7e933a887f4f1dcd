package dynoai.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.option.AnalysisOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a log's header line is, whatever stands above it and however its cells are set. */
class HeaderLineTest {
    private static final String HEADER = "RPM,MAP kPa,Torque\n";
    private static final String ROWS = "3000,80,60\n3100,81,61\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dyno export 4.2\nBike: FLHX, 2021\n",
                "Max RPM,Max MAP,Max Torque\n6400,96,90\n",
                "RPM,Gear,Ratio\n3000,4,1\n",
                "[Info]\nVIN: 1,2,3\n"
            })
    void linesAboveTheHeader_areNoRows(String preamble) throws Exception {
        // When
        Read log = read(bytes(preamble + HEADER + ROWS));
        // Then
        assertThat(log.rpm).containsExactly(3000.0, 3100.0);
        assertThat(log.totals.rowsRead()).isEqualTo(2);
        assertThat(log.description.preambleLines()).isEqualTo(2);
    }

    @Test
    void repeatedHeader_isData() throws Exception {
        // When
        Read log = read(bytes(HEADER + ROWS + HEADER + ROWS + ROWS));
        // Then
        assertThat(log.totals.rowsRead()).isEqualTo(7);
        assertThat(log.totals.unreadable()).isEqualTo(1);
    }

    @Test
    void headerRightBelowAnother_isTheOneWithTheRows() throws Exception {
        // When
        Read log = read(bytes("RPM,MAP,Foo\nEngine RPM,MAP kPa,Torque\n" + ROWS));
        // Then
        assertThat(log.description.preambleLines()).isEqualTo(1);
    }

    @Test
    void unitsRow_isAnUnreadableRowAndNoHeader() throws Exception {
        // When
        Read log = read(bytes(HEADER + "rpm,kPa,ft-lb\n" + ROWS));
        // Then
        assertThat(log.description.headers()).containsExactly("RPM", "MAP kPa", "Torque");
        assertThat(log.totals.unreadable()).isEqualTo(1);
    }

    @Test
    void hpTunersLog_isReadFromItsSections() throws Exception {
        // Given
        String text = "HP Tuners CSV Log File\n\n[Channel Information]\n0,1,2,3\n"
                + "Offset,Engine RPM (SAE),MAP,Torque\ns,rpm,kPa,ft-lb\n\n[Channel Data]\n0.1,3000,80,60\n";
        // When
        Read log = read(bytes(text));
        // Then
        assertThat(log.description.headers()).containsExactly("Offset", "Engine RPM (SAE)", "MAP", "Torque");
        assertThat(log.rpm).containsExactly(3000.0);
        assertThat(log.totals.rowsRead()).isEqualTo(1);
    }

    @Test
    void columnsSetWithSpaces_areCut() throws Exception {
        // Given
        String text = "Run 3  of 5\n  Engine RPM    MAP kPa     Torque\n  ----------    -------     ------\n"
                + "  3000       80.5      60\n  3100       61\nMax:   3100   80   61\n  3200       81  62\n";
        // When
        Read log = read(bytes(text));
        // Then
        assertThat(log.description.delimiter()).isEqualTo("spaces");
        assertThat(log.description.headers()).containsExactly("Engine RPM", "MAP kPa", "Torque");
        assertThat(log.rpm).containsExactly(3000.0, 3200.0);
        assertThat(log.totals.unreadable()).as("a row with a missing cell").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void utf16_isDecodedAndObservedAsItIs(String charset) throws Exception {
        // Given
        byte[] log =
                ("\uFEFFRPM,MAP kPa,Torque,T\u00E9l\u00E9 \uD83D\uDE00\n" + ROWS).getBytes(Charset.forName(charset));
        // When
        Read read = read(log);
        // Then
        assertThat(read.rpm).containsExactly(3000.0, 3100.0);
        assertThat(read.description.encoding()).isEqualTo(charset);
        assertThat(read.description.headers()).contains("T\u00E9l\u00E9 \uD83D\uDE00");
        assertThat(read.observed).isEqualTo(log);
        assertThat(read.totals.bytes()).isEqualTo(log.length);
    }

    @ParameterizedTest
    @CsvSource({
        "MLVLG\u0000\u0001, MegaLogViewer",
        "%DataLog%, Haltech NSP",
        "PK\u0003\u0004 [Content_Types].xml, .xlsx",
        "PK\u0003\u0004 log.csv, zip archive",
        "'\u001F\u008B\u0008', gzip",
        "%PDF-1.4, PDF"
    })
    void formatsThatAreNotRead_areRejectedByName(String start, String name) {
        // Given
        byte[] log = (start + "\n" + HEADER + ROWS).getBytes(StandardCharsets.ISO_8859_1);
        // When / Then
        assertThatThrownBy(() -> read(log))
                .isInstanceOf(LogRejectedException.class)
                .hasMessageContaining("unread format")
                .hasMessageContaining(name);
    }

    @Test
    void replay_takesTheFirstLine() {
        // Given
        byte[] log = bytes("Dyno export\n" + HEADER + ROWS);
        // When / Then
        assertThatThrownBy(() -> read(log, AnalysisOptions.of(Map.of("math_version", "toolkit-1.2"))))
                .hasMessageContaining("1 column: 'Dyno export'");
    }

    private record Read(LogDescription description, ReadTotals totals, List<Double> rpm, byte[] observed) {}

    private static Read read(byte[] log) throws Exception {
        return read(log, AnalysisOptions.defaults());
    }

    private static Read read(byte[] log, AnalysisOptions options) throws Exception {
        LogSource source = LogSource.of("log.csv", log);
        LogPlan plan = LogReader.plan(source, options, 5);
        List<Double> rpm = new ArrayList<>();
        ByteArrayOutputStream observed = new ByteArrayOutputStream();
        ReadTotals totals = LogReader.read(
                source,
                plan,
                2,
                (buffer, from, to) -> observed.write(buffer, from, to - from),
                block -> addRpm(block, rpm),
                5);
        return new Read(plan.description(), totals, rpm, observed.toByteArray());
    }

    private static void addRpm(RowBlock block, List<Double> rpm) {
        double[] values = Objects.requireNonNull(block.values(Channel.RPM));
        for (int i = 0; i < block.count(); i++) {
            rpm.add(values[i]);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
