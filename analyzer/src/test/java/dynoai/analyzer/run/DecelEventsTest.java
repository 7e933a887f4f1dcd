package dynoai.analyzer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dynoai.schemas.grid.DecelFindings;
import dynoai.schemas.grid.DecelZones;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.Column;
import dynoai.schemas.log.RowBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecelEventsTest {
    private static final double ABSENT = Double.NaN;

    /** One row each: time, throttle, speed, front AFR, rear AFR. */
    private final List<double[]> log = new ArrayList<>();

    @Test
    void closedThrottle_isOneEvent() {
        // Given a throttle that goes from 40 % to 4 % in half a second and stays
        row(0.0, 40, 4000, 13, 13);
        for (int i = 1; i <= 5; i++) {
            row(i * 0.1, 40, 4000, 13, 13);
        }
        for (int i = 1; i <= 5; i++) {
            row(0.5 + i * 0.1, 40 - i * 7.2, 4000 - 60 * i, 13, 15.2 + i / 10.0);
        }
        for (int i = 1; i <= 5; i++) {
            row(1.0 + i * 0.1, 4, 3700, 13, 14);
        }
        // When
        DecelFindings findings = findings(1024);
        // Then
        assertThat(findings.events()).isEqualTo(1);
        DecelFindings.Event event = findings.first().get(0);
        assertThat(event.firstRow()).isEqualTo(6);
        assertThat(event.startSeconds()).isEqualTo(0.5);
        assertThat(event.seconds()).isCloseTo(0.6, within(1e-9));
        assertThat(event.steepestRate()).isCloseTo(-72, within(1e-6));
        assertThat(event.highestAfr()).isEqualTo(15.7);
        assertThat(event.leanPopLikelihood()).isCloseTo(0.5, within(1e-9));
        assertThat(event.zone()).isEqualTo(DecelZones.zone(3700, 4));
        assertThat(findings.zones().get(event.zone()))
                .isEqualTo(new DecelFindings.ZoneTally(1, 1, event.leanPopLikelihood()));
    }

    @Test
    void reopenedThrottle_endsTheEvent() {
        // Given
        closing(0, 0.3);
        row(0.35, 14, 3500, 13, 13);
        row(0.40, 20, 3500, 13, 13);
        row(0.45, 26, 3500, 13, 13);
        // When
        DecelFindings findings = findings(1024);
        // Then
        assertThat(findings.first())
                .singleElement()
                .satisfies(event -> assertThat(event.seconds()).isCloseTo(0.40, within(1e-9)));
    }

    @Test
    void speedBelowTheRange_endsTheEventAndNoneBeginsThere() {
        // Given
        closing(0, 0.3);
        row(0.35, 10, 1400, 13, 13);
        row(0.40, 5, 1390, 13, 13);
        row(0.45, 1, 1380, 13, 13);
        // When
        DecelFindings findings = findings(1024);
        // Then
        assertThat(findings.first())
                .singleElement()
                .satisfies(event -> assertThat(event.seconds()).isCloseTo(0.35, within(1e-9)));
    }

    @Test
    void tooShortTooLongAndCutOffEvents_doNotCount() {
        // Given
        closing(0, 0.05);
        rest(0.1, 0.3);
        closing(1, 3.2);
        rest(4.25, 4.5);
        closing(5, 0.3);
        // When
        DecelFindings findings = findings(1024);
        // Then
        assertThat(findings.events()).isZero();
        assertThat(findings.zones()).hasSize(DecelZones.COUNT);
    }

    @Test
    void eventOfTheMinimumLength_counts() {
        // Given
        row(9.9, 30, 3000, 13, 13);
        row(10.0, 30, 3000, 13, 13);
        row(10.1, 6, 3000, 13, 13);
        row(10.2, 6, 3000, 13, 13);
        row(10.3, 6, 3000, 13, 13);
        // When
        DecelFindings findings = findings(1024);
        // Then
        assertThat(findings.first())
                .singleElement()
                .satisfies(event -> assertThat(event.seconds()).isCloseTo(0.2, within(1e-9)));
    }

    @Test
    void eventThatSettlesInTheLastRow_counts() {
        // Given
        row(9.9, 30, 3000, 13, 13);
        row(10.0, 30, 3000, 13, 13);
        row(10.1, 6, 3000, 13, 13);
        row(10.2, 6, 3000, 13, 13);
        // When
        DecelFindings findings = findings(1024);
        // Then
        assertThat(findings.events()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1499.9, 0", "1500, 1", "5500, 1", "5500.1, 0"})
    void event_beginsWithinTheRangeOfSpeeds(double rpm, long events) {
        // Given
        shortEvent(rpm, 13, 13);
        // When
        DecelFindings findings = findings(1024);
        // Then
        assertThat(findings.events()).isEqualTo(events);
    }

    @ParameterizedTest
    @CsvSource({
        "13, 14, 14",
        "18, 13, 18",
        "18.1, 13, 13",
        "9, NaN, 9",
        "8.9, NaN, NaN",
        "NaN, 18, 18",
        "NaN, 18.1, NaN",
        "NaN, 9, 9",
        "NaN, 8.9, NaN"
    })
    void event_hasTheHighestValidAfr(double front, double rear, Double highest) {
        // Given
        shortEvent(3000, front, rear);
        // When
        DecelFindings findings = findings(1024);
        // Then
        assertThat(findings.first().get(0).highestAfr()).isEqualTo(highest);
    }

    @ParameterizedTest
    @CsvSource({"7, 6, 1", "7, 5, 0", "7.1, 6, 0"})
    void closedThrottleOfASlowingEngine_beginsAnEvent(double tps, double rpmPerRow, long events) {
        // Given
        for (int i = 0; i < 4; i++) {
            row(i * 0.25, tps, 3000 - i * rpmPerRow, 13, 13);
        }
        // When
        DecelFindings findings = findings(1024);
        // Then
        assertThat(findings.events()).isEqualTo(events);
    }

    @Test
    void rowsWithoutAThrottle_areIgnored() {
        // Given
        closing(0, 0.3);
        rest(0.35, 0.5);
        DecelFindings plain = findings(1024);
        List<double[]> with = new ArrayList<>();
        for (double[] each : log) {
            with.add(each);
            with.add(new double[] {each[0], ABSENT, 9999, 17.9, 17.9});
        }
        log.clear();
        log.addAll(with);
        // When
        DecelFindings findings = findings(1024);
        // Then
        assertThat(findings.first()).isEqualTo(plain.first());
    }

    @Test
    void blocksOfAnyLength_giveTheSameEvents() {
        // Given
        SplittableRandom random = new SplittableRandom(11);
        double tps = 50;
        double rpm = 3500;
        for (int i = 0; i < 60_000; i++) {
            tps = Math.max(0, Math.min(100, tps + random.nextDouble(-4, 4)));
            rpm = Math.max(1000, Math.min(6500, rpm + random.nextDouble(-20, 20)));
            row(i * 0.02, random.nextInt(40) == 0 ? ABSENT : tps, rpm, random.nextDouble(8, 19), 13);
        }
        // When
        DecelFindings whole = findings(1024);
        // Then
        assertThat(whole.events()).isGreaterThan(DecelFindings.MAX_LISTED);
        assertThat(whole.first()).hasSize(DecelFindings.MAX_LISTED);
        assertThat(findings(1)).isEqualTo(whole);
        assertThat(findings(7)).isEqualTo(whole);
    }

    /** A throttle that falls by 100 %/s to 15 % or less, row by row of 0.05 s. */
    private void closing(double from, double seconds) {
        for (int i = 0; i * 0.05 <= seconds + 1e-9; i++) {
            row(from + i * 0.05, Math.max(8, 40 - i * 1.0), 3500, 13, 13);
        }
    }

    /** An event of 0.2 s at one speed. */
    private void shortEvent(double rpm, double front, double rear) {
        row(9.9, 30, rpm, front, rear);
        row(10.0, 30, rpm, front, rear);
        row(10.1, 6, rpm, front, rear);
        row(10.2, 6, rpm, front, rear);
        row(10.3, 6, rpm, front, rear);
    }

    private void rest(double from, double to) {
        for (int i = 0; from + i * 0.05 <= to + 1e-9; i++) {
            row(from + i * 0.05, 5, 3500, 13, 13);
        }
    }

    private void row(double seconds, double tps, double rpm, double front, double rear) {
        log.add(new double[] {seconds, tps, rpm, front, rear});
    }

    private DecelFindings findings(int blockRows) {
        DecelEvents events = new DecelEvents(1500, 5500);
        Channel[] channels = {
            Channel.TIME_SECONDS,
            Channel.THROTTLE_PERCENT,
            Channel.RPM,
            Channel.MEASURED_AFR_FRONT,
            Channel.MEASURED_AFR_REAR
        };
        for (int from = 0; from < log.size(); from += blockRows) {
            int rows = Math.min(blockRows, log.size() - from);
            Column[] columns = new Column[Channel.COUNT];
            for (int channel = 0; channel < channels.length; channel++) {
                double[] values = new double[rows];
                for (int i = 0; i < rows; i++) {
                    values[i] = log.get(from + i)[channel];
                }
                columns[channels[channel].ordinal()] = Column.ofDoubles(values);
            }
            events.fold(new ChannelValues(new RowBlock(rows, 0, columns)), rows);
        }
        return events.findings();
    }
}
