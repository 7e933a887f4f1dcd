package dynoai.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.option.AnalysisOptions;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the values of a log decide, and how they are converted. */
class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "MAP (bar), kpa, 100",
        "MAP (mbar), kpa, 0.1",
        "MAP (hPa), kpa, 0.1",
        "MAP (psi), kpa, 6.894757",
        "MAP psia, kpa, 6.894757",
        "MAP (in Hg), kpa, 3.38639",
        "MAP_inHg, kpa, 3.38639",
        "MAP [mmHg], kpa, 0.133322",
        "Torque (Nm), torque, 0.7375621493",
        "Torque [N·m], torque, 0.7375621493",
        "Power (kW), hp, 1.3410220896",
        "Power (PS), hp, 0.9863200706",
        "Power (cv), hp, 0.9863200706"
    })
    void unit_isOneCorrectlyRoundedMultiplication(String header, String key, String factor) throws Exception {
        // Given
        Channel channel = Channel.ofKey(key);
        String kpa = key.equals("kpa") ? "" : ",MAP (kPa)";
        Random random = new Random(header.hashCode());
        List<Double> expected = new ArrayList<>();
        StringBuilder log = new StringBuilder("RPM,Battery," + header + kpa + "\n");
        for (int i = 0; i < 500; i++) {
            String value = String.format(Locale.ROOT, "%." + random.nextInt(6) + "f", 300 + random.nextDouble() * 700);
            log.append("3000,13.8,").append(value).append(kpa.isEmpty() ? "\n" : ",80\n");
            expected.add(new BigDecimal(Double.parseDouble(value))
                    .multiply(new BigDecimal(Double.parseDouble(factor)))
                    .doubleValue());
        }
        // When
        Read read = read(log.toString(), Map.of());
        // Then
        assertThat(read.values(channel)).isEqualTo(expected);
        assertThat(read.description.conversions()).anyMatch(said -> said.contains(header) && said.contains(factor));
    }

    @Test
    void lambda_isMultipliedAndNamed() throws Exception {
        // When
        Read read = read("RPM,MAP kPa,Torque,Lambda Front\n3000,80,60,0.9\n", Map.of());
        // Then
        assertThat(read.values(Channel.MEASURED_AFR_FRONT)).containsExactly(0.9 * 14.57);
        assertThat(read.description.conversions())
                .contains("meas_front: 'Lambda Front' holds lambda, multiplied by 14.57");
    }

    @ParameterizedTest
    @CsvSource({"IAT (°C)", "IAT [*C]", "IAT degC", "IAT (deg C)", "IAT Celsius", "IAT_C"})
    void celsius_isConverted(String header) throws Exception {
        // When
        Read read = read("RPM,MAP kPa,Torque," + header + "\n3000,80,60,21.5\n", Map.of());
        // Then
        assertThat(read.values(Channel.IAT_FAHRENHEIT)).containsExactly(21.5 * 9.0 / 5.0 + 32.0);
        assertThat(read.description.conversions()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"inhg, 29.5, 99.898505", "bar, 0.8, 80", "mbar, 800, 80", "psi, 11.5, 79.2897055", "kpa, 20, 20"})
    void mapUnitOption_overridesHeaderAndSuspicion(String unit, String value, double kpa) throws Exception {
        // When
        Read read = read("RPM,MAP kPa,Torque\n3000," + value + ",60\n", Map.of("map_unit", unit));
        // Then
        assertThat(read.values(Channel.MAP_KPA).get(0)).isCloseTo(kpa, within(1e-9));
    }

    @Test
    void lowMap_isSuspectUnlessItsUnitIsStated() throws Exception {
        // When
        Read stated = read("RPM,MAP (bar),Torque\n3000,0.25,60\n", Map.of());
        // Then
        assertThat(stated.values(Channel.MAP_KPA)).containsExactly(25.0);
        assertThatThrownBy(() -> read("RPM,MAP,Torque\n3000,25,60\n", Map.of())).hasMessageContaining("unit suspect");
    }

    @ParameterizedTest
    @CsvSource({
        "Lambda Front, 0.9, 1.0, 13.113",
        "AFR Front, 0.9, 1.0, 13.113",
        "DashWB, 0.9, 1.0, 13.113",
        "Lambda Front, 12.5, 13.5, 12.5",
        "Lambda Front (AFR), 12.5, 19.5, 12.5",
        "Lambda Front (AFR), 15.15, 15.16, 15.15",
        "Lambda Front (AFR), 0.9, 1.0, 13.113",
        "O2 F (lambda), 0.9, 1.2, 13.113",
        "AFR Front, 12.5, 13.5, 12.5"
    })
    void mixture_isWhatItsValuesSay(String header, String first, String second, double afr) throws Exception {
        // Given
        String log = "RPM,MAP kPa,Torque," + header + "\n3000,80,60," + first + "\n3000,80,60," + second + "\n";
        // When
        Read read = read(log, Map.of());
        // Then
        assertThat(read.values(Channel.MEASURED_AFR_FRONT).get(0)).isCloseTo(afr, within(1e-9));
    }

    @Test
    void sensorAtItsStop_holdsNoAfr() throws Exception {
        // When
        Read read = read("RPM,MAP kPa,Torque,Lambda Front\n3000,80,60,15.9998\n3000,80,60,15.9997\n", Map.of());
        // Then
        assertThat(read.values(Channel.MEASURED_AFR_FRONT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Lambda Voltage Front (V)",
        "Lambda Front (%)",
        "Lambda Front (V)",
        "Lambda Front raw",
        "Lambda Front ADC",
        "Lambda Front Heater",
        "Lambda Front Setpoint",
        "Lambda SP"
    })
    void lambdaThatIsNoMeasurement_isNotTaken(String header) throws Exception {
        // When
        Read read = read("RPM,MAP kPa,Torque," + header + "\n3000,80,60,0.9\n3000,80,60,0.95\n", Map.of());
        // Then
        assertThat(read.values(Channel.MEASURED_AFR_FRONT)).isEmpty();
        assertThat(read.values(Channel.MEASURED_AFR_REAR)).isEmpty();
    }

    @Test
    void narrowbandAtItsStop_holdsNoLambda() throws Exception {
        // When
        Read read = read("RPM,MAP kPa,Torque,O2 F\n3000,80,60,0.88\n3000,80,60,0.87\n", Map.of());
        // Then
        assertThat(read.values(Channel.MEASURED_AFR_FRONT)).containsExactly(0.88, 0.87);
    }

    @Test
    void equivalenceRatio_isTheReciprocalOfLambda() throws Exception {
        // When
        Read read = read("RPM,MAP kPa,Torque,Equivalence Ratio Commanded (φ)\n3000,80,60,1.1\n", Map.of());
        // Then
        assertThat(read.values(Channel.COMMANDED_AFR_FRONT)).containsExactly(1.0 / 1.1 * 14.57);
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "',Torque', ',0'"})
    void logWithoutLoad_isWeighedByHits(String header, String cell) throws Exception {
        // When
        Read read = read("RPM,MAP kPa" + header + "\n3000,80" + cell + "\n3100,81\n", Map.of());
        // Then
        assertThat(read.description.weightsByHits()).isTrue();
        assertThat(read.values(Channel.RPM)).containsExactly(3000.0, 3100.0);
        assertThatThrownBy(() -> read("RPM,MAP kPa\n3000,80\n", Map.of("math_version", "toolkit-1.2")))
                .hasMessageContaining("torque or power");
    }

    @ParameterizedTest
    @CsvSource({"Time, 20, 0.02", "Time, 4, 4", "Time (s), 20, 20", "Time (ms), 4, 0.004"})
    void clock_isInMillisecondsByItsUnitOrItsSteps(String header, int step, double seconds) throws Exception {
        // Given
        StringBuilder log = new StringBuilder(header + ",RPM,MAP kPa,Torque\n");
        for (int i = 0; i < 30; i++) {
            log.append(i * step).append(",3000,80,60\n");
        }
        // When
        Read read = read(log.toString(), Map.of());
        // Then
        assertThat(read.values(Channel.TIME_SECONDS).get(1)).isEqualTo(seconds);
    }

    @Test
    void sparseRows_takeValuesOfTheLastHalfSecond() throws Exception {
        // Given
        StringBuilder log = new StringBuilder("Time (s),RPM,MAP kPa,Torque\n");
        for (int i = 0; i < 40; i++) {
            log.append(i / 10.0)
                    .append(i % 4 == 0 ? ",300" + i % 10 + ",," : i % 4 == 2 ? ",,80," : ",,,60")
                    .append('\n');
        }
        log.append("9.0,3000,,\n");
        // When
        Read read = read(log.toString(), Map.of());
        // Then
        assertThat(read.description.conversions()).anyMatch(said -> said.startsWith("rows: "));
        assertThat(read.values(Channel.RPM)).hasSize(38).startsWith(3000.0, 3000.0, 3004.0);
    }

    @Test
    void valuesOfAClockInMilliseconds_areThoseOfTheRows() throws Exception {
        // Given
        LogSource source = LogSource.of(
                "log.csv", "Time (ms),RPM,MAP kPa\n9,3000,80\n1003,3000,80\n".getBytes(StandardCharsets.UTF_8));
        LogPlan plan = LogReader.plan(source, AnalysisOptions.defaults());
        // When
        SourceValues time = LogReader.values(source, plan).get(0);
        // Then
        assertThat(time.valid()).isEqualTo(new SourceValues.Range(2, 0.009, 1.003));
        assertThat(time.conversion()).isEqualTo("/ 1000");
    }

    @Test
    void sparseRowsWithoutATime_followTheOneAboveBy20Milliseconds() throws Exception {
        // Given
        String log =
                "Time (s),RPM,MAP kPa,Torque\n8.0,3000,,\n,,80,\n,,,60\n7.0,3100,,\n,,,61\n" + ",,,62\n".repeat(24);
        // When
        Read read = read(log, Map.of());
        // Then
        assertThat(read.values(Channel.RPM)).hasSize(25).startsWith(3000.0, 3100.0, 3100.0);
    }

    @Test
    void columnOfMapAndLambda_isConvertedForLambdaOnly() throws Exception {
        // When
        Read read = read("RPM,MAP Lambda,Torque\n3000,0.9,60\n", Map.of("map_unit", "kpa"));
        // Then
        assertThat(read.values(Channel.MAP_KPA)).containsExactly(0.9);
        assertThat(read.values(Channel.MEASURED_AFR_FRONT)).containsExactly(0.9 * 14.57);
    }

    private record Read(LogDescription description, Map<Channel, List<Double>> columns) {
        List<Double> values(Channel channel) {
            return columns.getOrDefault(channel, List.of());
        }
    }

    /** Reads a log in chunks of several sizes, which must not matter. */
    private static Read read(String text, Map<String, String> options) throws Exception {
        Read first = null;
        for (int chunkBytes : new int[] {7, 100, 65_536}) {
            Read read = read(text, options, chunkBytes);
            assertThat(first == null ? read : first).isEqualTo(read);
            first = read;
        }
        return first;
    }

    private static Read read(String text, Map<String, String> options, int chunkBytes) throws Exception {
        LogSource source = LogSource.of("log.csv", text.getBytes(StandardCharsets.UTF_8));
        LogPlan plan = LogReader.plan(source, AnalysisOptions.of(options), chunkBytes);
        Map<Channel, List<Double>> columns = new EnumMap<>(Channel.class);
        LogReader.read(
                source,
                plan,
                3,
                null,
                block -> {
                    for (Channel channel : Channel.values()) {
                        double[] values = block.values(channel);
                        for (int i = 0; values != null && i < block.count(); i++) {
                            columns.computeIfAbsent(channel, c -> new ArrayList<>())
                                    .add(values[i]);
                        }
                    }
                },
                chunkBytes);
        return new Read(plan.description(), columns);
    }
}
