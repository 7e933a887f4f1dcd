package dynoai.analyzer.run;

import static dynoai.analyzer.run.Rows.set;
import static dynoai.analyzer.run.Rows.sound;
import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.grid.RunGrids.GateTally;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.wire.BinaryInput;
import dynoai.schemas.wire.BinaryOutput;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowFiltersTest {
    private static final Map<String, String> ALL = Map.of(
            "inside_grid", "true",
            "max_tps_rate", "1500",
            "min_coolant", "160",
            "afr_delay", "40",
            "skip_fuel_cut", "true");

    @Test
    void throttleFasterThanTheLimit_isATransientInEitherDirection() throws Exception {
        // Given rates of 0, 50, 51, 51 and 0 %/s, the last over two rows without a reading
        Rows rows = new Rows();
        double[] throttle = {20, 21, 22.02, 21, Double.NaN, Double.NaN, 21};
        for (int i = 0; i < throttle.length; i++) {
            rows.add(set(set(sound(), Channel.TIME_SECONDS, i * 0.02), Channel.THROTTLE_PERCENT, throttle[i]));
        }
        // When
        GateTally transients = tally(rows, Gate.THROTTLE_TRANSIENT, Map.of("max_tps_rate", "50.5"));
        // Then
        assertThat(transients.rows()).isEqualTo(2);
        assertThat(transients.lowest()).isBetween(50.9, 51.1);
    }

    @Test
    void rowsOfTheSameTime_areComparedWithTheLastEarlierRow() throws Exception {
        // Given 10 % in 0.1 s, although four rows share a time
        Rows rows = new Rows();
        double[][] readings = {{0, 20}, {0.1, 22}, {0.1, 26}, {0.1, 30}, {0.1, 30}, {0.2, 30}};
        for (double[] reading : readings) {
            rows.add(set(set(sound(), Channel.TIME_SECONDS, reading[0]), Channel.THROTTLE_PERCENT, reading[1]));
        }
        // When
        GateTally transients = tally(rows, Gate.THROTTLE_TRANSIENT, Map.of("max_tps_rate", "60"));
        // Then
        assertThat(transients.rows()).isEqualTo(2);
        assertThat(transients.highest()).isEqualTo(100);
    }

    @Test
    void twoLogsOfOneMap_shareNoRateEventOrWindow() throws Exception {
        // Given a log that ends with an open throttle, and one that begins with a closed one, three seconds later
        Rows open = new Rows();
        Rows closed = new Rows();
        for (int i = 0; i < 4; i++) {
            open.add(set(set(sound(), Channel.TIME_SECONDS, i * 0.02), Channel.THROTTLE_PERCENT, 90));
            closed.add(set(set(sound(), Channel.TIME_SECONDS, 3 + i * 0.02), Channel.THROTTLE_PERCENT, 5));
        }
        Map<String, String> options = Map.of("max_tps_rate", "5", "decel_management", "true");
        RunAggregate aggregate = new RunAggregate(Rows.description(true, true), AnalysisOptions.of(options));
        // When
        for (Rows log : List.of(open, closed)) {
            aggregate.beginLog();
            log.blocks(1024, true).forEach(aggregate::fold);
        }
        // Then
        RunGrids grids = aggregate.grids(8, 0);
        assertThat(rows(grids, Cylinder.FRONT, Gate.THROTTLE_TRANSIENT)).isZero();
        assertThat(grids.decel().events()).isZero();
        assertThat(grids.timeline()).hasSize(2).allMatch(window -> window.rows() == 4);
    }

    @ParameterizedTest
    @CsvSource({"159.9, 1", "160, 0", "NaN, 0"})
    void coolantBelowTheMinimum_isACoolEngine(double coolant, long coldRows) throws Exception {
        // Given
        Rows rows = new Rows().add(set(sound(), Channel.COOLANT_FAHRENHEIT, coolant));
        // When
        GateTally cold = tally(rows, Gate.COLD_ENGINE, Map.of("min_coolant", "160"));
        // Then
        assertThat(cold.rows()).isEqualTo(coldRows);
    }

    @ParameterizedTest
    @CsvSource({"2, 1501, 16.01, 1", "2.1, 1501, 16.01, 0", "2, 1500, 16.01, 0", "2, 1501, 16, 0", "NaN, 1501, 16.01, 0"
    })
    void leanRowWithClosedThrottle_isAFuelCut(double throttle, double rpm, double afr, long cuts) throws Exception {
        // Given
        double[] row = set(set(sound(), Channel.THROTTLE_PERCENT, throttle), Channel.RPM, rpm);
        Rows rows = new Rows().add(set(row, Channel.MEASURED_AFR_FRONT, afr));
        // When
        RunGrids grids = fold(rows, 1024, Map.of("skip_fuel_cut", "true"));
        // Then
        assertThat(rows(grids, Cylinder.FRONT, Gate.FUEL_CUT)).isEqualTo(cuts);
        assertThat(rows(grids, Cylinder.REAR, Gate.ACCEPTED)).isEqualTo(1);
    }

    @Test
    void rowBeyondTheGrid_isLeftOutAndStillCounted() throws Exception {
        // Given
        Rows rows = new Rows().add(sound()).add(set(sound(), Channel.RPM, 900));
        // When
        RunGrids grids = fold(rows, 1024, Map.of("inside_grid", "true"));
        // Then
        assertThat(rows(grids, Cylinder.FRONT, Gate.OUTSIDE_GRID)).isEqualTo(1);
        assertThat(grids.rowsOutsideGrid()).isEqualTo(1);
        assertThat(grids.front().coveredCells()).isEqualTo(1);
    }

    @Test
    void knockInALeftOutRow_stillCounts() throws Exception {
        // Given
        Rows rows =
                new Rows().add(set(set(sound(), Channel.COOLANT_FAHRENHEIT, 100), Channel.KNOCK_RETARD_FRONT_DEG, 3));
        // When
        RunGrids grids = fold(rows, 1024, Map.of("min_coolant", "160"));
        // Then
        assertThat(grids.front().peakKnock().at(GridAxes.cell(3000, 80))).isEqualTo(3);
        assertThat(grids.front().accepted()).isZero();
    }

    @Test
    void rowWithoutAReadingAfterTheDelay_hasACounterOfItsOwn() throws Exception {
        // Given
        Rows rows = new Rows().add(set(sound(), Channel.MEASURED_AFR_FRONT, Double.NaN));
        // When
        RunGrids delayed = fold(rows, 1024, Map.of("afr_delay", "100"));
        // Then
        assertThat(rows(delayed, Cylinder.FRONT, Gate.NO_DELAYED_AFR)).isEqualTo(1);
        assertThat(rows(fold(rows, 1024, Map.of()), Cylinder.FRONT, Gate.BAD_AFR))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 255, 1024})
    void runRestoredAfterEveryBlock_hasTheSameGridsAndAllCountersAddUp(int blockRows) throws Exception {
        // Given
        Rows rows = everyKind(4_000);
        AnalysisOptions options = AnalysisOptions.of(ALL);
        RunAggregate run = new RunAggregate(Rows.description(true, true), options);
        // When
        for (RowBlock block : rows.blocks(blockRows, true)) {
            run.fold(block);
            run = restored(run, options);
        }
        RunGrids grids = run.grids(rows.count(), 0);
        // Then
        assertThat(grids.front().gates())
                .isEqualTo(fold(rows, 1024, ALL).front().gates());
        assertThat(grids.rear()).isEqualTo(fold(rows, 1024, ALL).rear());
        for (Cylinder cylinder : Cylinder.values()) {
            assertThat(grids.of(cylinder).gates().stream()
                            .mapToLong(GateTally::rows)
                            .sum())
                    .isEqualTo(rows.count());
            for (Gate gate : Gate.values()) {
                assertThat(rows(grids, cylinder, gate)).as(gate.key()).isPositive();
            }
        }
    }

    private static RunAggregate restored(RunAggregate run, AnalysisOptions options) throws Exception {
        RunAggregate next = new RunAggregate(Rows.description(true, true), options);
        BinaryOutput errors = new BinaryOutput(64);
        new AggregateState(run).takeErrors(errors);
        BinaryOutput sums = new BinaryOutput(64);
        new AggregateState(run).write(sums);
        new AggregateState(next).restore(new BinaryInput(sums.toByteArray()));
        new AggregateState(next).addErrors(new BinaryInput(errors.toByteArray()));
        return next;
    }

    private static Rows everyKind(int count) {
        SplittableRandom random = new SplittableRandom(7);
        Rows rows = new Rows();
        for (int i = 0; i < count; i++) {
            double[] row = sound();
            set(row, Channel.TIME_SECONDS, i % 1_000 / 50.0);
            set(row, Channel.RPM, random.nextInt(1, 30) * 300);
            set(row, Channel.MAP_KPA, random.nextInt(1, 24) * 5);
            set(row, Channel.TORQUE_FTLB, random.nextInt(100));
            set(row, Channel.IAT_FAHRENHEIT, random.nextInt(20, 200));
            set(row, Channel.COOLANT_FAHRENHEIT, random.nextInt(150, 200));
            set(row, Channel.THROTTLE_PERCENT, random.nextInt(-2, 50));
            for (Cylinder cylinder : Cylinder.values()) {
                set(row, Channel.commandedAfr(cylinder), random.nextInt(9) == 0 ? Double.NaN : 13);
                set(row, Channel.measuredAfr(cylinder), random.nextInt(9) == 0 ? Double.NaN : random.nextInt(10, 20));
            }
            rows.add(row);
        }
        return rows;
    }

    private static GateTally tally(Rows rows, Gate gate, Map<String, String> options) throws Exception {
        return fold(rows, 1024, options).front().gates().get(gate.ordinal());
    }

    private static long rows(RunGrids grids, Cylinder cylinder, Gate gate) {
        return grids.of(cylinder).gates().get(gate.ordinal()).rows();
    }

    private static RunGrids fold(Rows rows, int length, Map<String, String> options) throws Exception {
        RunAggregate aggregate = new RunAggregate(Rows.description(true, true), AnalysisOptions.of(options));
        rows.blocks(length, true).forEach(aggregate::fold);
        return aggregate.grids(rows.count(), 0);
    }
}
