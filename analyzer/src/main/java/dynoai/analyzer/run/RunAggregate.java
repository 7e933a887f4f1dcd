package dynoai.analyzer.run;

import dynoai.schemas.AnalysisOptions;
import dynoai.schemas.Cylinder;
import dynoai.schemas.CylinderBalance;
import dynoai.schemas.DecelFindings;
import dynoai.schemas.LogDescription;
import dynoai.schemas.Option;
import dynoai.schemas.RowBlock;
import dynoai.schemas.RunGrids;
import dynoai.schemas.TimelineWindow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run's running aggregate: fed with blocks of rows in file order, it ends as the run's grids. The result depends on
 * the rows and their order only, not on how they came in blocks.
 */
public final class RunAggregate {
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

    /** Ends the run. */
    public RunGrids grids(long rowsRead, long unreadable) {
        TimelineWindow last = timeline.current();
        List<TimelineWindow> all = new ArrayList<>(windows);
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
}
