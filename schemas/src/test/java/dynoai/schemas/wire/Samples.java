package dynoai.schemas.wire;

import dynoai.schemas.grid.CylinderBalance;
import dynoai.schemas.grid.DecelFindings;
import dynoai.schemas.grid.DecelZones;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.grid.TimelineWindow;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.Column;
import dynoai.schemas.log.Decimal;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogFormat;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.record.AgentContact;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.record.LogRow;
import dynoai.schemas.record.RejectedLog;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.record.ShopEntry;
import dynoai.schemas.run.FailureCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Non-trivial messages of every kind. */
final class Samples {
    static final String SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    static final RunKey KEY = new RunKey("shop-7", "2026-03-04T05-06-07Z-0a1b2c");

    private Samples() {}

    static RunStarted started() {
        return new RunStarted(
                KEY.runId(),
                KEY.shop(),
                "cell.2",
                "pull ü.csv",
                "shop-7/cell.2/pull ü.csv",
                SHA,
                123_456_789_012L,
                new LogDescription(
                        LogFormat.WINPEP,
                        "UTF-8",
                        "semicolon",
                        List.of("RPM", "MAP kPa", ""),
                        List.of(new LogDescription.Source(Channel.RPM, "column", "RPM", "rpm")),
                        true,
                        false,
                        true,
                        List.of("MAP inHg to kPa"),
                        List.of(),
                        2,
                        true,
                        List.of(new LogDescription.PassedOver(Channel.MAP_KPA, "Boost", "it has the word 'boost'"))),
                AnalysisOptions.defaults().toTexts(),
                Map.of("base_front", SHA),
                1_772_600_767_123L,
                SHA,
                "8c1d7f0e-4a52-4b63-9f5e-2f0a6f7c9d10");
    }

    /** Rows as WinPEP writes them: few digits, slow changes, some cells absent, one wideband for both cylinders. */
    static RowBlock block(int rows) {
        Random random = new Random(7);
        Column[] columns = new Column[Channel.COUNT];
        columns[Channel.TIME_SECONDS.ordinal()] = walk(random, rows, 3, 0, 20, 0, false);
        columns[Channel.RPM.ordinal()] = walk(random, rows, 0, 3000, 25, 0, false);
        columns[Channel.MAP_KPA.ordinal()] = walk(random, rows, 1, 800, 4, 0, false);
        columns[Channel.TORQUE_FTLB.ordinal()] = walk(random, rows, 2, 7000, 60, 3, true);
        columns[Channel.MEASURED_AFR_FRONT.ordinal()] = walk(random, rows, 2, 1320, 5, 10, true);
        columns[Channel.MEASURED_AFR_REAR.ordinal()] = columns[Channel.MEASURED_AFR_FRONT.ordinal()];
        double[] computed = new double[rows];
        for (int i = 0; i < rows; i++) {
            computed[i] = i % 17 == 3 ? Double.NaN : i == 0 ? -0.0 : 3000.0 * i / 7;
        }
        columns[Channel.POWER_HP.ordinal()] = Column.ofDoubles(computed);
        return new RowBlock(rows, 5, columns);
    }

    private static Column walk(
            Random random, int rows, int scale, long from, int step, int absentPercent, boolean shortens) {
        long[] cells = new long[rows + 3];
        long mantissa = from;
        for (int i = 0; i < rows; i++) {
            mantissa += random.nextInt(2 * step + 1) - step;
            boolean ends = shortens && mantissa % 10 == 0;
            cells[i] = random.nextInt(100) < absentPercent
                    ? Decimal.ABSENT
                    : ends ? Decimal.pack(mantissa / 10, scale - 1) : Decimal.pack(mantissa, scale);
        }
        return Column.ofDecimals(cells);
    }

    static RunGrids grids() {
        RunGrids.CylinderGrids cylinder = new RunGrids.CylinderGrids(
                grid(1), grid(2), grid(3), grid(4), coverage(), grid(5), grid(6), grid(7), gates());
        TimelineWindow.CylinderWindow window = new TimelineWindow.CylinderWindow(9, -1.5, 1.6, 0.0, Double.NaN);
        return new RunGrids(
                1_000_000,
                3,
                17,
                cylinder,
                cylinder,
                new RunGrids.BatteryCorrelation(999, -0.43),
                List.of(
                        new TimelineWindow(0, 1, 512, 0.0, 9.98, 3012.4, 62.1, window, window),
                        new TimelineWindow(1, 513, 2, 10.0, 10.02, 3000.0, 61.0, window, window)),
                new CylinderBalance(grid(2), coverage(), grid(3), coverage()),
                new DecelFindings(
                        7,
                        List.of(new DecelFindings.Event(40, 1.5, 0.8, -41.2, 3512.5, 38.0, Double.NaN, 0.25, 4)),
                        Collections.nCopies(DecelZones.COUNT, new DecelFindings.ZoneTally(3, 1, 0.75))));
    }

    private static Grid grid(int seed) {
        double[] cells = Grid.empty();
        for (int i = seed; i < cells.length; i += seed) {
            cells[i] = i / 3.0 - 4;
        }
        return Grid.of(cells);
    }

    private static List<Long> coverage() {
        List<Long> coverage = new ArrayList<>(Collections.nCopies(GridAxes.CELLS, 0L));
        coverage.set(5, 4_000_000_000L);
        return coverage;
    }

    private static List<RunGrids.GateTally> gates() {
        List<RunGrids.GateTally> gates = new ArrayList<>();
        for (int i = 0; i < Gate.COUNT; i++) {
            gates.add(new RunGrids.GateTally(i * 10L, i == 2 ? Double.NaN : i, i + 0.25));
        }
        return gates;
    }

    static List<RunLogRecord> runLog() {
        return List.of(
                new RunLogRecord.Started(3, started()),
                new RunLogRecord.Block(3, 0, 1, block(RowBlock.MAX_ROWS)),
                new RunLogRecord.Block(3, 1, 1025, block(1)),
                new RunLogRecord.Block(3, 2, 1026, block(0)),
                new RunLogRecord.Ended(3, 1040, 15, 3, SHA),
                new RunLogRecord.Abandoned(3, "the file changed"));
    }

    static List<RunOutcome> outcomes() {
        return List.of(
                new RunOutcome.Completed(KEY, 2, started(), grids()),
                new RunOutcome.Failed(KEY, 2, Optional.of(started()), FailureCode.HASH_DIFFERS, "why", 3, 1L << 40),
                new RunOutcome.Failed(KEY, 0, Optional.empty(), FailureCode.UNREADABLE_RECORD, "why", 0, 0));
    }

    static RunResult result() {
        return new RunResult(
                KEY,
                "cell.2",
                2,
                "pull ü.csv",
                SHA,
                true,
                "export",
                "",
                "done",
                "shop-7/" + KEY.runId(),
                SHA,
                "2.0.0",
                1_000_000,
                12,
                9,
                8,
                1,
                2,
                SHA);
    }

    static RejectedLog rejected() {
        return new RejectedLog(
                "shop-7",
                "default",
                "x.csv",
                "x.csv",
                SHA,
                12,
                "NOT_TEXT",
                4,
                "2",
                "a NUL byte",
                "text",
                "m",
                "h",
                5,
                KEY.runId());
    }

    static List<LedgerEntry> ledger() {
        return List.of(
                new LedgerEntry.Run("id", "shop-7", SHA, Map.of("clamp", "7.0"), Map.of(), KEY.runId(), 2, "x.csv", 5),
                new LedgerEntry.RootOwner("7d3e", "dyno-pc", 12, 6));
    }

    static LogAccepted accepted() {
        return new LogAccepted(
                "shop-7", KEY.runId(), "cell.2", "", "pull ü.csv", 12, SHA, Map.of("clamp", "7.0"), true, 5);
    }

    static List<ShopEntry> shops() {
        return List.of(
                new ShopEntry.Credential("abc123def456", SHA, "shop-7", List.of("drop", "read"), 5, 6, true),
                new ShopEntry.Limits("shop-7", 10, 1L << 40, 3, 1L << 32, 2, 8, 4_000_000),
                new ShopEntry.Certificates("shop-7", 7));
    }

    static AgentContact agent() {
        return new AgentContact("shop-7", "dyno-pc", "1.1.0", 5, 6, 7, 8, "no route to host");
    }

    static LogRow row() {
        double[] cells = new double[Channel.COUNT];
        cells[1] = 3000.5;
        cells[4] = Double.NaN;
        return new LogRow(1, 77, cells);
    }
}
