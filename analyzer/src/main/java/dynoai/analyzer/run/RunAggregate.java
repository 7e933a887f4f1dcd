package dynoai.analyzer.run;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.CylinderBalance;
import dynoai.schemas.grid.DecelFindings;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.grid.TimelineWindow;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folds blocks of rows, in file order, into a run's grids. The result depends on the rows and their order only, not on the
 * size of the blocks. Memory does not grow with the run: very many distinct AFR errors go to a temporary file, which is deleted
 * by {@link #close}. {@link AggregateState} carries a run from one process to another.
 */
public final class RunAggregate implements AutoCloseable {
    final OperatingPoint point;
    final @Nullable RowFilters filters;
    final CylinderFold front;
    final CylinderFold rear;
    final BatteryPairs battery;
    final Timeline timeline = new Timeline();
    final @Nullable BalanceSums balance;
    final @Nullable DecelEvents decel;

    /** Creates the aggregate of a log that is read as described, with the given options. */
    public RunAggregate(LogDescription description, AnalysisOptions options) {
        Weighting weighting = Weighting.of(description, options);
        point = new OperatingPoint(weighting, options.flag(Option.INSIDE_GRID));
        filters = RowFilters.of(options);
        battery = new BatteryPairs(options.mathVersion().isReplay(), weighting == Weighting.HITS);
        front = new CylinderFold(Cylinder.FRONT, options, description.frontAfr(), filters);
        rear = new CylinderFold(Cylinder.REAR, options, description.rearAfr(), filters);
        balance = options.flag(Option.BALANCE_CYLINDERS) ? new BalanceSums() : null;
        decel = options.flag(Option.DECEL_MANAGEMENT)
                ? new DecelEvents(options.number(Option.DECEL_RPM_MIN), options.number(Option.DECEL_RPM_MAX))
                : null;
    }

    /**
     * Begins another log of the same sums: neither a throttle rate nor an event nor a window of the timeline spans two logs. An
     * aggregate with several logs cannot be carried to another process.
     */
    public void beginLog() {
        timeline.beginLog();
        if (filters != null) {
            filters.beginLog();
        }
        if (decel != null) {
            decel.beginLog();
        }
    }

    /** Adds the next rows. */
    public void fold(RowBlock block) {
        int rows = block.count();
        ChannelValues values = new ChannelValues(block);
        point.judge(values, rows);
        if (filters != null) {
            filters.judge(values, rows);
        }
        front.fold(values, point, rows);
        rear.fold(values, point, rows);
        battery.fold(values, front, rear, rows);
        timeline.fold(values, point, front, rear, rows);
        if (balance != null) {
            balance.fold(values, rows);
        }
        if (decel != null) {
            decel.fold(values, rows);
        }
    }

    /** Returns how many of the timeline's windows were closed, including those taken. */
    public int closedWindows() {
        return timeline.closedWindows();
    }

    /** Ends the run and returns its grids. */
    public RunGrids grids(long rowsRead, long unreadable) {
        return grids(rowsRead, unreadable, List.of());
    }

    /** Ends the run, with the windows that were taken from its state. */
    public RunGrids grids(long rowsRead, long unreadable, List<TimelineWindow> taken) {
        TimelineWindow last = timeline.current();
        List<TimelineWindow> all = new ArrayList<>(taken);
        all.addAll(timeline.closed);
        if (last != null) {
            all.add(last);
        }
        return new RunGrids(
                rowsRead,
                unreadable,
                point.outsideGrid(),
                front.grids(),
                rear.grids(),
                battery.correlation(),
                List.copyOf(all),
                balance == null ? CylinderBalance.NOT_REQUESTED : balance.balance(),
                decel == null ? DecelFindings.NOT_REQUESTED : decel.findings());
    }

    @Override
    public void close() {
        front.close();
        rear.close();
    }
}
