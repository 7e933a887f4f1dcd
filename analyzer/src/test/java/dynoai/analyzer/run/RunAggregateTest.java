package dynoai.analyzer.run;

import static dynoai.analyzer.run.Rows.set;
import static dynoai.analyzer.run.Rows.sound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.DecelFindings;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.grid.RunGrids.GateTally;
import dynoai.schemas.grid.TimelineWindow;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.MathVersion;
import dynoai.schemas.option.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunAggregateTest {
    private static final int CELL_3000_80 = GridAxes.cell(3000, 80);

    @Test
    void leanRow_raisesOnlyItsOwnCell() {
        // Given
        Rows rows = new Rows().add(set(sound(), Channel.MEASURED_AFR_FRONT, 13.65));
        // When
        RunGrids grids = fold(rows, 1024, false);
        // Then
        assertThat(grids.front().corr().at(CELL_3000_80)).isCloseTo(5.0, within(1e-12));
        assertThat(grids.front().err().at(CELL_3000_80)).isCloseTo(-0.65 / 13.65 * 100, within(1e-12));
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            assertThat(grids.front().corr().isEmpty(cell)).isEqualTo(cell != CELL_3000_80);
        }
    }

    @Test
    void heavyRow_weighsMoreWithinItsCell() {
        // Given
        Rows rows = new Rows()
                .add(set(set(sound(), Channel.MEASURED_AFR_FRONT, 13.13), Channel.TORQUE_FTLB, 30))
                .add(set(set(sound(), Channel.MEASURED_AFR_FRONT, 13.39), Channel.TORQUE_FTLB, 90));
        // When
        RunGrids grids = fold(rows, 1024, false);
        // Then
        assertThat(grids.front().corr().at(CELL_3000_80)).isCloseTo((1.0 * 30 + 3.0 * 90) / 120, within(1e-12));
        assertThat(grids.front().torque().at(CELL_3000_80)).isCloseTo((30.0 * 30 + 90.0 * 90) / 120, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"1e307, false, true", "1e200, true, false", "1e308, false, true"})
    void overflowingSums_leaveTheirCellEmpty(double torque, boolean keepsCorrection, boolean losesError) {
        // Given
        Rows rows = new Rows()
                .add(set(set(sound(), Channel.MEASURED_AFR_FRONT, 17.5), Channel.TORQUE_FTLB, torque))
                .add(set(set(sound(), Channel.MEASURED_AFR_FRONT, 17.5), Channel.TORQUE_FTLB, torque))
                .add(set(set(sound(), Channel.RPM, 5000), Channel.MEASURED_AFR_FRONT, 13.65));
        // When
        RunGrids grids = fold(rows, 1024, false);
        // Then
        assertThat(grids.front().corr().isEmpty(CELL_3000_80)).isEqualTo(!keepsCorrection);
        assertThat(grids.front().err().isEmpty(CELL_3000_80)).isEqualTo(losesError);
        assertThat(grids.front().torque().isEmpty(CELL_3000_80)).isTrue();
        assertThat(grids.front().coverage().get(CELL_3000_80)).isEqualTo(2);
        assertThat(grids.front().corr().at(GridAxes.cell(5000, 80))).isCloseTo(5.0, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "COMMANDED_AFR_FRONT, NaN, NO_REQUESTED_AFR",
        "MEASURED_AFR_FRONT, NaN, BAD_AFR",
        "MEASURED_AFR_FRONT, 8.999, BAD_AFR",
        "MEASURED_AFR_FRONT, 9, ACCEPTED",
        "MEASURED_AFR_FRONT, 18, ACCEPTED",
        "COMMANDED_AFR_FRONT, 8.999, BAD_AFR",
        "COMMANDED_AFR_FRONT, 9, ACCEPTED",
        "COMMANDED_AFR_FRONT, 18, ACCEPTED",
        "COMMANDED_AFR_FRONT, 18.001, BAD_AFR",
        "IAT_FAHRENHEIT, 29.9, IAT_OUT_OF_RANGE",
        "IAT_FAHRENHEIT, 30, ACCEPTED",
        "IAT_FAHRENHEIT, 300, ACCEPTED",
        "IAT_FAHRENHEIT, 300.1, IAT_OUT_OF_RANGE",
        "RPM, 399.9, RPM_OUT_OF_RANGE",
        "RPM, 400, ACCEPTED",
        "RPM, 8000, ACCEPTED",
        "RPM, 8000.1, RPM_OUT_OF_RANGE",
        "MAP_KPA, 9.9, MAP_OUT_OF_RANGE",
        "MAP_KPA, 10, ACCEPTED",
        "MAP_KPA, 110, ACCEPTED",
        "MAP_KPA, 110.1, MAP_OUT_OF_RANGE",
        "THROTTLE_PERCENT, -0.1, TPS_OUT_OF_RANGE",
        "THROTTLE_PERCENT, 0, ACCEPTED",
        "THROTTLE_PERCENT, 100, ACCEPTED",
        "THROTTLE_PERCENT, 100.1, TPS_OUT_OF_RANGE",
        "TORQUE_FTLB, 4.999, LOW_LOAD",
        "TORQUE_FTLB, 5, ACCEPTED"
    })
    void value_isRejectedByItsGate(Channel channel, double value, Gate gate) {
        // Given
        Rows rows = new Rows().add(set(sound(), channel, value));
        // When
        RunGrids grids = fold(rows, 1024, false);
        // Then
        assertThat(grids.front().gates().get(gate.ordinal()).rows()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "MEASURED_AFR_FRONT, 8.5, 18.5, BAD_AFR",
        "COMMANDED_AFR_FRONT, 8.5, 18.5, BAD_AFR",
        "IAT_FAHRENHEIT, 20, 310, IAT_OUT_OF_RANGE",
        "RPM, 300, 9000, RPM_OUT_OF_RANGE",
        "TORQUE_FTLB, 1, 4, LOW_LOAD"
    })
    void gate_hasTheRangeOfItsRejectedValues(Channel channel, double lowest, double highest, Gate gate) {
        // Given
        Rows rows = new Rows()
                .add(set(sound(), channel, lowest))
                .add(set(sound(), channel, highest))
                .add(set(sound(), channel, lowest));
        // When
        RunGrids grids = fold(rows, 1024, false);
        // Then
        assertThat(grids.front().gates().get(gate.ordinal())).isEqualTo(new GateTally(3, lowest, highest));
    }

    @ParameterizedTest
    @CsvSource({"7900, 80, 1", "450, 80, 1", "3000, 109, 1", "3000, 12, 1", "6500, 95, 0", "1500, 35, 0"})
    void acceptedRowOutsideTheGrid_isCounted(double rpm, double kpa, long outside) {
        // Given
        Rows rows = new Rows().add(set(set(sound(), Channel.RPM, rpm), Channel.MAP_KPA, kpa));
        // When
        RunGrids grids = fold(rows, 1024, false);
        // Then
        assertThat(grids.rowsOutsideGrid()).isEqualTo(outside);
        assertThat(grids.front().accepted()).isEqualTo(1);
    }

    @Test
    void power_isTheWeightedMeanOfTheRowsThatHaveIt() {
        // Given
        Rows rows = new Rows()
                .add(set(set(sound(), Channel.POWER_HP, 20), Channel.TORQUE_FTLB, 30))
                .add(set(set(sound(), Channel.POWER_HP, 60), Channel.TORQUE_FTLB, 90))
                .add(set(sound(), Channel.TORQUE_FTLB, 80));
        // When
        RunGrids grids = fold(rows, 1024, false);
        // Then
        assertThat(grids.front().hp().at(CELL_3000_80))
                .isCloseTo((20.0 * 30 + 60.0 * 90) / (30 + 90 + 80), within(1e-12));
    }

    @Test
    void weightByPower_isCalculatedFromTorqueForRowsWithoutPower() throws Exception {
        // Given
        Rows rows = new Rows()
                .add(set(set(sound(), Channel.MEASURED_AFR_FRONT, 13.13), Channel.POWER_HP, 10))
                .add(set(set(sound(), Channel.MEASURED_AFR_FRONT, 13.39), Channel.TORQUE_FTLB, 70));
        AnalysisOptions options = AnalysisOptions.defaults().with(Option.WEIGHTING, "hp");
        // When
        RunGrids grids = fold(rows, 1024, false, options);
        // Then
        double power = 70 * 3000 / 5252.0;
        assertThat(grids.front().corr().at(CELL_3000_80))
                .isCloseTo((1.0 * 10 + 3.0 * power) / (10 + power), within(1e-12));
    }

    @Test
    void rowsWeightedByHits_weighTheSameWithAnyTorqueOrNone() {
        // Given
        Rows rows = new Rows()
                .add(set(set(sound(), Channel.MEASURED_AFR_FRONT, 13.13), Channel.TORQUE_FTLB, 200))
                .add(set(set(sound(), Channel.MEASURED_AFR_FRONT, 13.26), Channel.TORQUE_FTLB, -3))
                .add(set(set(sound(), Channel.MEASURED_AFR_FRONT, 13.52), Channel.TORQUE_FTLB, Double.NaN));
        // When
        RunGrids grids = foldByHits(rows, 2);
        // Then
        assertThat(grids.front().accepted()).isEqualTo(3);
        assertThat(grids.front().corr().at(CELL_3000_80)).isCloseTo((1.0 + 2.0 + 4.0) / 3, within(1e-12));
        assertThat(grids.front().torque().at(CELL_3000_80)).isCloseTo((200.0 - 3.0) / 3, within(1e-12));
        assertThat(grids.front().hp().isEmpty()).isTrue();
        assertThat(grids).isEqualTo(foldByHits(rows, 1024));
    }

    @Test
    void batteryDiagnosisByHits_usesRowsWithoutTorque() {
        // Given
        Rows rows = new Rows();
        for (double torque : new double[] {Double.NaN, 1, 6}) {
            rows.add(set(set(sound(), Channel.TORQUE_FTLB, torque), Channel.BATTERY_VOLTS, 13));
        }
        // When
        RunGrids.BatteryCorrelation byHits = foldByHits(rows, 1024).battery();
        // Then
        assertThat(byHits.pairs()).isEqualTo(6);
        assertThat(fold(rows, 1024, false).battery().pairs()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"2.0.0, 2", "1.0.0, 2", "toolkit-1.2, 6"})
    void batteryDiagnosis_leavesOutUnusableAfrButNotInTheReplay(String version, long pairs) throws Exception {
        // Given
        Rows rows = new Rows();
        for (double measured : new double[] {5.1, 9, 18, 18.1, 0.5, 22.4}) {
            rows.add(set(
                    set(set(sound(), Channel.MEASURED_AFR_FRONT, measured), Channel.MEASURED_AFR_REAR, Double.NaN),
                    Channel.BATTERY_VOLTS,
                    13));
        }
        AnalysisOptions options = AnalysisOptions.defaults().with(Option.MATH_VERSION, version);
        // When
        RunGrids grids = fold(rows, 1024, false, options);
        // Then
        assertThat(grids.battery().pairs()).isEqualTo(pairs);
    }

    @Test
    void intakeTemperature_isTheHighestOfItsCell() {
        // Given
        Rows rows = new Rows()
                .add(sound())
                .add(set(sound(), Channel.IAT_FAHRENHEIT, 90))
                .add(set(sound(), Channel.IAT_FAHRENHEIT, 110))
                .add(set(sound(), Channel.IAT_FAHRENHEIT, 100))
                .add(sound());
        // When
        RunGrids grids = fold(rows, 1024, false);
        // Then
        assertThat(grids.front().peakIat().at(CELL_3000_80)).isEqualTo(110);
    }

    @ParameterizedTest
    @CsvSource({"2.0.0, 5.0", "1.0.0, 4.55", "toolkit-1.2, -4.761904761904762"})
    void correction_followsTheMathVersion(String version, double correction) throws Exception {
        // Given
        Rows rows = new Rows().add(set(sound(), Channel.MEASURED_AFR_FRONT, 13.65));
        AnalysisOptions options = AnalysisOptions.defaults().with(Option.MATH_VERSION, version);
        // When
        RunGrids grids = fold(rows, 1024, false, options);
        // Then
        assertThat(grids.front().corr().at(CELL_3000_80)).isCloseTo(correction, within(1e-12));
    }

    @Test
    void balanceAndDecel_areLeftOutByDefault() {
        // Given
        Rows rows = Rows.mixed(5, 1_000);
        // When
        RunGrids grids = fold(rows, 1024, false);
        // Then
        assertThat(grids.balance().isRequested()).isFalse();
        assertThat(grids.decel()).isEqualTo(DecelFindings.NOT_REQUESTED);
    }

    @Test
    void severalFaults_areRejectedByTheFirstGate() {
        // Given
        double[] row = set(set(set(sound(), Channel.RPM, 100), Channel.IAT_FAHRENHEIT, 10), Channel.TORQUE_FTLB, 1);
        // When
        RunGrids grids = fold(new Rows().add(row), 1024, false);
        // Then
        assertThat(grids.front().gates().get(Gate.IAT_OUT_OF_RANGE.ordinal())).isEqualTo(new GateTally(1, 10, 10));
    }

    @ParameterizedTest
    @EnumSource(MathVersion.class)
    void mixedRows_countersAddUp(MathVersion version) throws Exception {
        // Given
        Rows rows = Rows.mixed(1, 5_000);
        AnalysisOptions options = AnalysisOptions.defaults().with(Option.MATH_VERSION, version.label());
        // When
        RunGrids grids = fold(rows, 1024, true, options);
        // Then
        for (Cylinder cylinder : Cylinder.values()) {
            assertThat(grids.of(cylinder).gates().stream()
                            .mapToLong(GateTally::rows)
                            .sum())
                    .isEqualTo(5_000);
            assertThat(grids.of(cylinder).coverage().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(grids.of(cylinder).accepted());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 255, 1000, 1023})
    void anyBlockLength_givesTheSameBits(int length) {
        // Given
        Rows rows = Rows.mixed(2, 5_000);
        // When
        RunGrids grids = fold(rows, length, true);
        // Then
        assertThat(grids).isEqualTo(fold(rows, 1024, true));
    }

    @Test
    void pairsByPlaceAndErrorsByValue_giveTheSameMad() {
        // Given
        Rows rows = Rows.mixed(3, 20_000);
        // When
        RunGrids byPlace = fold(rows, 1024, true);
        RunGrids byValue = fold(rows, 1024, false);
        // Then
        assertThat(byPlace).isEqualTo(byValue);
    }

    @Test
    void madOfAnEvenCount_isTheMeanOfTheMiddleTwo() {
        // Given
        Rows rows = new Rows();
        for (double measured : new double[] {10, 12.5, 12.5, 16}) {
            rows.add(set(set(sound(), Channel.COMMANDED_AFR_FRONT, 10), Channel.MEASURED_AFR_FRONT, measured));
        }
        // When
        double mad = fold(rows, 1024, false).front().mad().at(CELL_3000_80);
        // Then: errors 0, -20, -20, -37.5; median -20; deviations 20, 0, 0, 17.5
        assertThat(mad).isEqualTo((0 + 17.5) / 2);
    }

    @Test
    void knockWithoutWideband_counts_butNotInTheReplay() throws Exception {
        // Given
        Rows rows =
                new Rows().add(set(set(sound(), Channel.MEASURED_AFR_FRONT, 5.1), Channel.KNOCK_RETARD_FRONT_DEG, 4));
        AnalysisOptions replay = AnalysisOptions.defaults().with(Option.MATH_VERSION, "toolkit-1.2");
        // When
        RunGrids now = fold(rows, 1024, false);
        RunGrids then = fold(rows, 1024, false, replay);
        // Then
        assertThat(now.front().peakKnock().at(CELL_3000_80)).isEqualTo(4);
        assertThat(then.front().peakKnock().at(CELL_3000_80)).isZero();
    }

    @Test
    void cylinderWithoutAfr_coversWithoutCorrecting() {
        // Given
        RunAggregate aggregate = new RunAggregate(Rows.description(true, false), AnalysisOptions.defaults());
        // When
        new Rows().add(sound()).blocks(1024, false).forEach(aggregate::fold);
        RunGrids grids = aggregate.grids(1, 0);
        // Then
        assertThat(grids.rear().coverage().get(CELL_3000_80)).isEqualTo(1);
        assertThat(grids.rear().corr().isEmpty()).isTrue();
        assertThat(grids.rear().gates().get(Gate.NO_REQUESTED_AFR.ordinal()).rows())
                .isEqualTo(1);
    }

    @Test
    void batteryCorrelation_equalsThatOfTwoPasses() {
        // Given
        Rows rows = Rows.mixed(4, 4_000);
        // When
        RunGrids.BatteryCorrelation correlation = fold(rows, 1024, false).battery();
        // Then
        assertThat(correlation.r()).isCloseTo(twoPasses(rows, correlation.pairs()), within(1e-12));
    }

    @Test
    void timeGoingBack_startsANewWindow() {
        // Given
        Rows rows = new Rows();
        for (double time : new double[] {0, 9.9, 10, 3, 3.5}) {
            rows.add(set(sound(), Channel.TIME_SECONDS, time));
        }
        // When
        var timeline = fold(rows, 2, false).timeline();
        // Then
        assertThat(timeline.stream().map(TimelineWindow::rows)).containsExactly(2L, 1L, 2L);
        assertThat(timeline.stream().map(TimelineWindow::firstRow)).containsExactly(1L, 3L, 4L);
        assertThat(timeline.get(2).startSeconds()).isEqualTo(10.02);
    }

    @Test
    void logWithoutTime_advances20MillisecondsPerRow() {
        // Given
        Rows rows = new Rows();
        for (int i = 0; i < 501; i++) {
            rows.add(sound());
        }
        // When
        var timeline = fold(rows, 1024, false).timeline();
        // Then
        assertThat(timeline.stream().map(TimelineWindow::rows)).containsExactly(500L, 1L);
    }

    private static double twoPasses(Rows rows, long expectedPairs) {
        var pairs = new java.util.ArrayList<double[]>();
        for (RowBlock block : rows.blocks(1024, false)) {
            for (int i = 0; i < block.count(); i++) {
                for (Cylinder cylinder : Cylinder.values()) {
                    double target = block.values(Channel.commandedAfr(cylinder))[i];
                    double actual = block.values(Channel.measuredAfr(cylinder))[i];
                    boolean usable = target >= 9 && target <= 18 && actual >= 9 && actual <= 18;
                    if (block.values(Channel.TORQUE_FTLB)[i] > 5 && usable) {
                        pairs.add(new double[] {(actual / target - 1) * 100, block.values(Channel.BATTERY_VOLTS)[i]});
                    }
                }
            }
        }
        assertThat(pairs).hasSize((int) expectedPairs);
        double x = pairs.stream().mapToDouble(pair -> pair[0]).sum() / pairs.size();
        double y = pairs.stream().mapToDouble(pair -> pair[1]).sum() / pairs.size();
        double xx = pairs.stream()
                .mapToDouble(pair -> (pair[0] - x) * (pair[0] - x))
                .sum();
        double yy = pairs.stream()
                .mapToDouble(pair -> (pair[1] - y) * (pair[1] - y))
                .sum();
        double xy = pairs.stream()
                .mapToDouble(pair -> (pair[0] - x) * (pair[1] - y))
                .sum();
        return xy / (Math.sqrt(xx) * Math.sqrt(yy));
    }

    private static RunGrids foldByHits(Rows rows, int length) {
        RunAggregate aggregate = new RunAggregate(Rows.description(true, true, true), AnalysisOptions.defaults());
        rows.blocks(length, false).forEach(aggregate::fold);
        return aggregate.grids(rows.count(), 0);
    }

    private static RunGrids fold(Rows rows, int length, boolean asDecimals) {
        return fold(rows, length, asDecimals, AnalysisOptions.defaults());
    }

    private static RunGrids fold(Rows rows, int length, boolean asDecimals, AnalysisOptions options) {
        RunAggregate aggregate = new RunAggregate(Rows.description(true, true), options);
        rows.blocks(length, asDecimals).forEach(aggregate::fold);
        return aggregate.grids(rows.count(), 0);
    }
}
