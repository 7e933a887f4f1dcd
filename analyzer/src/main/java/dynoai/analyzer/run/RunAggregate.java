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
import dynoai.schemas.wire.AvroInput;
import dynoai.schemas.wire.AvroOutput;
import dynoai.schemas.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run's running aggregate: fed with blocks of rows in file order, it ends as the run's grids. The result depends on
 * the rows and their order only, not on how they came in blocks. Memory does not grow with the run: a log with very many
 * different AFR errors has them in a temporary file, which goes when the aggregate is closed.
 */
public final class RunAggregate implements AutoCloseable {
    final OperatingPoint point;
    final CylinderFold front;
    final CylinderFold rear;
    final BatteryPairs battery = new BatteryPairs();
    final Timeline timeline = new Timeline();
    final @Nullable BalanceSums balance;
    final @Nullable DecelEvents decel;
    private final List<TimelineWindow> windows = new ArrayList<>();

    /** An aggregate of a log that is read as described, under the given options. */
    public RunAggregate(LogDescription description, AnalysisOptions options) {
        point = new OperatingPoint(options.weighsByPower());
        front = new CylinderFold(Cylinder.FRONT, options.mathVersion(), description.frontAfr());
        rear = new CylinderFold(Cylinder.REAR, options.mathVersion(), description.rearAfr());
        balance = options.flag(Option.BALANCE_CYLINDERS) ? new BalanceSums() : null;
        decel = options.flag(Option.DECEL_MANAGEMENT)
                ? new DecelEvents(options.number(Option.DECEL_RPM_MIN), options.number(Option.DECEL_RPM_MAX))
                : null;
    }

    /** Adds the next rows. */
    public void fold(RowBlock block) {
        int rows = block.count();
        ChannelValues values = new ChannelValues(block);
        point.judge(values, rows);
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
        windows.addAll(timeline.takeClosed());
    }

    /** Hands over the timeline's windows that were closed since the last call, so that they can be kept elsewhere. */
    public List<TimelineWindow> takeClosedWindows() {
        List<TimelineWindow> taken = List.copyOf(windows);
        windows.clear();
        return taken;
    }

    /** How many of the timeline's windows were closed, those taken included. */
    public int closedWindows() {
        return timeline.ordinal;
    }

    /** How many distinct AFR errors {@link #takeErrors} would append, a dozen bytes each at most. */
    public int distinctErrors() {
        return front.distinctErrors() + rear.distinctErrors();
    }

    /**
     * Appends the distinct AFR errors counted since the last call and forgets them, so that they can be kept elsewhere.
     * {@link #addErrors} takes them back.
     */
    public void takeErrors(AvroOutput out) {
        front.drainErrors(out);
        rear.drainErrors(out);
    }

    /** Adds errors taken from this run before; in which order does not matter. */
    public void addErrors(AvroInput in) throws UnreadableRecordException {
        front.addDrainedErrors(in);
        rear.addDrainedErrors(in);
    }

    /** Appends the running sums: all but the errors and the closed windows, which are taken apart. */
    public void write(AvroOutput out) {
        AggregateState.write(this, out);
    }

    /** Takes over sums that {@link #write} wrote, of an aggregate for the same description and options. */
    public void restore(AvroInput in) throws UnreadableRecordException {
        AggregateState.restore(this, in);
    }

    /** Ends the run. */
    public RunGrids grids(long rowsRead, long unreadable) {
        return grids(rowsRead, unreadable, List.of());
    }

    /** Ends the run, with the windows taken before. */
    public RunGrids grids(long rowsRead, long unreadable, List<TimelineWindow> taken) {
        TimelineWindow last = timeline.current();
        List<TimelineWindow> all = new ArrayList<>(taken);
        all.addAll(windows);
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
                balance == null ? CylinderBalance.NOT_ASKED : balance.balance(),
                decel == null ? DecelFindings.NOT_ASKED : decel.findings());
    }

    /** To be called whether the run was ended or not. */
    @Override
    public void close() {
        front.close();
        rear.close();
    }
}
