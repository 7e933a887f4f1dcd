package dynoai.analyzer.stream;

import dynoai.analyzer.run.RunAggregate;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.Column;
import dynoai.schemas.log.Decimal;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogFormat;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.wire.RunLogEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A synthetic pull: its blocks, its records on the run log, and its grids. */
final class SampleRunRecords {
    static final String SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final int UNREADABLE = 3;

    private final RunKey key;
    private final RunStarted started;
    private final List<RowBlock> blocks = new ArrayList<>();
    private final int rows;

    SampleRunRecords(String runId, long seed, int rows, int blockRows) {
        this.key = new RunKey("shop-7", runId);
        this.rows = rows;
        this.started = new RunStarted(
                runId,
                "shop-7",
                "default",
                "pull.csv",
                "shop-7/pull.csv",
                SHA,
                123_456,
                new LogDescription(
                        LogFormat.WINPEP,
                        "UTF-8",
                        "comma",
                        List.of("RPM"),
                        List.of(),
                        true,
                        true,
                        false,
                        List.of(),
                        List.of(),
                        0,
                        false,
                        List.of()),
                options(),
                Map.of(),
                1_772_600_767_123L,
                "",
                "");
        Random random = new Random(seed);
        for (int from = 0; from < rows; from += blockRows) {
            blocks.add(block(random, from, Math.min(blockRows, rows - from)));
        }
    }

    /** With all optional analyses. */
    private static Map<String, String> options() {
        try {
            return AnalysisOptions.of(Map.of("balance_cylinders", "true", "decel_management", "true"))
                    .toTexts();
        } catch (InvalidOptionException e) {
            throw new AssertionError(e);
        }
    }

    private static RowBlock block(Random random, int from, int count) {
        Column[] columns = new Column[Channel.COUNT];
        columns[Channel.TIME_SECONDS.ordinal()] =
                Column.ofDecimals(cells(count, i -> Decimal.pack((from + i) * 20L, 3)));
        columns[Channel.RPM.ordinal()] =
                Column.ofDecimals(cells(count, i -> Decimal.pack(1500 + (from + i) % 5000 + random.nextInt(9), 0)));
        columns[Channel.MAP_KPA.ordinal()] =
                Column.ofDecimals(cells(count, i -> Decimal.pack(300 + (from + i) / 7 % 700, 1)));
        columns[Channel.TORQUE_FTLB.ordinal()] =
                Column.ofDecimals(cells(count, i -> Decimal.pack(200 + random.nextInt(900), 1)));
        columns[Channel.POWER_HP.ordinal()] =
                Column.ofDecimals(cells(count, i -> i % 11 == 0 ? Decimal.ABSENT : Decimal.pack(300 + i % 99, 1)));
        columns[Channel.COMMANDED_AFR_FRONT.ordinal()] = Column.ofDecimals(cells(count, i -> Decimal.pack(132, 1)));
        double[] computed = new double[count];
        Arrays.fill(computed, 13.2);
        columns[Channel.COMMANDED_AFR_REAR.ordinal()] = Column.ofDoubles(computed);
        columns[Channel.MEASURED_AFR_FRONT.ordinal()] =
                Column.ofDecimals(cells(count, i -> Decimal.pack(1300 + random.nextInt(80), 2)));
        columns[Channel.MEASURED_AFR_REAR.ordinal()] =
                Column.ofDecimals(cells(count, i -> Decimal.pack(1290 + random.nextInt(120), 2)));
        columns[Channel.KNOCK_RETARD_FRONT_DEG.ordinal()] =
                Column.ofDecimals(cells(count, i -> Decimal.pack(random.nextInt(200) == 0 ? 25 : 0, 1)));
        columns[Channel.IAT_FAHRENHEIT.ordinal()] =
                Column.ofDecimals(cells(count, i -> Decimal.pack(80 + (from + i) / 500, 0)));
        columns[Channel.BATTERY_VOLTS.ordinal()] =
                Column.ofDecimals(cells(count, i -> Decimal.pack(132 + random.nextInt(12), 1)));
        columns[Channel.THROTTLE_PERCENT.ordinal()] =
                Column.ofDecimals(cells(count, i -> Decimal.pack(Math.abs((from + i) % 60 - 30) * 20, 1)));
        return new RowBlock(count, from == 0 ? UNREADABLE - 1 : 0, columns);
    }

    private static long[] cells(int count, java.util.function.IntToLongFunction cell) {
        long[] cells = new long[count];
        for (int i = 0; i < count; i++) {
            cells[i] = cell.applyAsLong(i);
        }
        return cells;
    }

    RunKey key() {
        return key;
    }

    RunStarted started() {
        return started;
    }

    List<RowBlock> blocks() {
        return blocks;
    }

    long rowsRead() {
        return rows + UNREADABLE;
    }

    long unreadable() {
        return UNREADABLE;
    }

    /** Start, blocks, end. */
    List<byte[]> records(int attempt) {
        RunLogEncoder encoder = new RunLogEncoder(attempt);
        List<byte[]> records = new ArrayList<>();
        records.add(encoder.started(started));
        blocks.forEach(block -> records.add(encoder.block(block)));
        records.add(encoder.ended(rowsRead(), UNREADABLE, SHA));
        return records;
    }

    /** The grids of the batch command. */
    RunGrids batch() throws Exception {
        RunAggregate aggregate = new RunAggregate(started.description(), started.analysisOptions());
        blocks.forEach(aggregate::fold);
        return aggregate.grids(rowsRead(), UNREADABLE);
    }
}
