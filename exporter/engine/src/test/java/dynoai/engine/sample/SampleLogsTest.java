package dynoai.engine.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.engine.sample.SampleProfile.Fault;
import dynoai.engine.sample.SampleProfile.Flavour;
import dynoai.schemas.grid.GridAxes;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SampleLogsTest {
    private static final SampleProfile WINPEP = SampleProfile.healthy(Flavour.WINPEP, 7);

    @ParameterizedTest
    @CsvSource({
        "WINPEP,       01f77eddea0bbaad6a06fcf4eb8cb6eafe5bf1dde24fda22861d501b3441bc5e",
        "POWER_VISION, e50052801a5d6015e659538ea46b043dad585554557f23955630e36c36ca01e5",
        "GENERIC,      437c9530044df2e816bbd6e18166c6da2ad2e8438e2f887c8d6c97719f72316c"
    })
    void sameProfile_givesTheSameBytesOnEveryMachine(Flavour flavour, String sha256) throws Exception {
        // Given
        SampleProfile profile = SampleProfile.healthy(flavour, 7);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Locale before = Locale.getDefault();
        // When
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            digest.update(SampleLogs.bytes(profile, 20_000));
        } finally {
            Locale.setDefault(before);
        }
        // Then
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(sha256);
    }

    @Test
    void streamedLog_hasTheBytesOfTheOneInMemory() throws Exception {
        // Given
        MessageDigest streamed = MessageDigest.getInstance("SHA-256");
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) {
                streamed.update((byte) b);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                streamed.update(bytes, from, length);
            }
        };
        // When
        SampleLogs.write(WINPEP, 5_000, out);
        // Then
        assertThat(streamed.digest())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(SampleLogs.bytes(WINPEP, 5_000)));
    }

    @Test
    void otherSeed_givesAnotherLog() {
        // When
        byte[] other = SampleLogs.bytes(SampleProfile.healthy(Flavour.WINPEP, 8), 100);
        // Then
        assertThat(other).isNotEqualTo(SampleLogs.bytes(WINPEP, 100));
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void everyRow_hasAsManyCellsAsTheHeader(Flavour flavour) {
        // When
        List<String> lines = lines(SampleProfile.healthy(flavour, 3), 3_000);
        // Then
        assertThat(lines).hasSize(3_001);
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line.split(",", -1)).hasSize(lines.get(0).split(",").length));
    }

    @Test
    void sixtyThousandRows_reachEveryCellOfTheGrid() {
        // Given
        Set<Integer> reached = new HashSet<>();
        // When
        for (String line : lines(WINPEP, 60_000).subList(1, 60_001)) {
            String[] cells = line.split(",");
            reached.add(GridAxes.cell(Double.parseDouble(cells[1]), Double.parseDouble(cells[2])));
        }
        // Then
        assertThat(reached).hasSize(GridAxes.CELLS);
    }

    @Test
    void healthyLog_staysWithinPlausibleValues() {
        // When
        List<String> lines = lines(WINPEP, 60_000);
        // Then
        assertColumnWithin(lines, 1, 1000.0, 7000.0);
        assertColumnWithin(lines, 2, 20.0, 102.5);
        assertColumnWithin(lines, 3, -15.0, 105.0);
        assertColumnWithin(lines, 11, 70.0, 118.0);
        assertColumnWithin(lines, 13, 13.0, 15.0);
        long burning = Arrays.stream(column(lines, 6))
                .filter(afr -> afr >= 9 && afr <= 18)
                .count();
        assertThat(burning).isGreaterThan(50_000);
    }

    @Test
    void power_isTorqueTimesSpeed() {
        // When
        List<String> lines = lines(WINPEP, 5_000);
        // Then
        double[] rpm = column(lines, 1);
        double[] torque = column(lines, 3);
        double[] hp = column(lines, 4);
        for (int i = 0; i < rpm.length; i++) {
            assertThat(hp[i]).isBetween(torque[i] * rpm[i] / 5252 - 0.0051, torque[i] * rpm[i] / 5252 + 0.0051);
        }
    }

    @Test
    void leanFrontAndRichRear_movesTheMeasuredAfr() {
        // Given
        SampleProfile faulty = WINPEP.with(Fault.LEAN_FRONT).with(Fault.RICH_REAR);
        // When
        List<String> lines = lines(faulty, 20_000);
        // Then
        assertThat(meanWhileBurning(lines, 6) / meanWhileBurning(lines, 5)).isBetween(1.05, 1.11);
        assertThat(meanWhileBurning(lines, 8) / meanWhileBurning(lines, 7)).isBetween(0.89, 0.95);
    }

    @Test
    void knockFault_retardsIgnition() {
        // When
        double[] quiet = column(lines(WINPEP, 20_000), 10);
        double[] knocking = column(lines(WINPEP.with(Fault.KNOCK), 20_000), 10);
        // Then
        assertThat(quiet).containsOnly(0.0);
        assertThat(Arrays.stream(knocking).max().orElse(0)).isGreaterThan(3);
    }

    @Test
    void hotIntake_isAlwaysAbove120Fahrenheit() {
        // When
        List<String> lines = lines(WINPEP.with(Fault.HOT_IAT), 5_000);
        // Then
        assertColumnWithin(lines, 11, 120.0, 170.0);
    }

    @Test
    void units_areThoseOfTheFault() {
        // Given
        SampleProfile odd =
                WINPEP.with(Fault.MAP_IN_INHG).with(Fault.RPM_IN_THOUSANDS).with(Fault.CELSIUS);
        // When
        List<String> lines = lines(odd, 5_000);
        // Then
        assertThat(lines.get(0)).contains("MAP_inHg", "IAT_degC");
        double[] thousands = column(lines, 1);
        double[] inHg = column(lines, 2);
        double[] celsius = column(lines, 11);
        List<String> plain = lines(WINPEP, 5_000);
        double[] rpm = column(plain, 1);
        double[] kpa = column(plain, 2);
        double[] fahrenheit = column(plain, 11);
        for (int i = 0; i < rpm.length; i++) {
            assertThat(thousands[i] * 1000).isBetween(rpm[i] - 0.001, rpm[i] + 0.001);
            assertThat(inHg[i] * 3.38639).isBetween(kpa[i] - 0.01, kpa[i] + 0.01);
            assertThat(celsius[i] * 1.8 + 32).isBetween(fahrenheit[i] - 0.2, fahrenheit[i] + 0.2);
        }
    }

    @Test
    void deadWideband_isStuckAtItsSentinel() {
        // When
        double[] rear = column(lines(WINPEP.with(Fault.DEAD_WIDEBAND), 500), 8);
        // Then
        assertThat(rear).containsOnly(5.1);
    }

    @Test
    void dropouts_leaveCellsEmptyAndCutRows() {
        // When
        List<String> lines = lines(WINPEP.with(Fault.DROPOUTS), 20_000);
        // Then
        assertThat(lines).anySatisfy(line -> assertThat(line).contains(",,"));
        assertThat(lines).anySatisfy(line -> assertThat(line.split(",", -1)).hasSize(3));
    }

    @Test
    void wrongHeader_namesNoChannel() {
        // When
        String header = lines(WINPEP.with(Fault.WRONG_HEADER), 1).get(0);
        // Then
        assertThat(header).startsWith("Channel 1,Channel 2,").endsWith(",Channel 14");
    }

    private static List<String> lines(SampleProfile profile, int rows) {
        return new String(SampleLogs.bytes(profile, rows), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static double[] column(List<String> lines, int index) {
        return lines.stream()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",")[index]))
                .toArray();
    }

    private static void assertColumnWithin(List<String> lines, int index, double lowest, double highest) {
        double[] values = column(lines, index);
        assertThat(Arrays.stream(values).min().orElseThrow()).isGreaterThanOrEqualTo(lowest);
        assertThat(Arrays.stream(values).max().orElseThrow()).isLessThanOrEqualTo(highest);
    }

    private static double meanWhileBurning(List<String> lines, int index) {
        return lines.stream()
                .skip(1)
                .map(line -> line.split(","))
                .filter(cells -> Double.parseDouble(cells[6]) < 18.5)
                .mapToDouble(cells -> Double.parseDouble(cells[index]))
                .average()
                .orElseThrow();
    }
}
