package dynoai.analyzer.run;

import dynoai.schemas.grid.TimelineWindow;
import dynoai.schemas.grid.TimelineWindow.CylinderWindow;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogClock;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a run into windows of log time: a new one ten seconds after the window's first row, when time goes back, or after 16,384
 * rows.
 */
final class Timeline {
    private static final double WINDOW_SECONDS = 10;
    private static final int WINDOW_ROWS = 16_384;

    private final LogClock clock = new LogClock();
    private final OpenWindow open = new OpenWindow();
    /** The clock at each row of the current block. */
    private final double[] shown = new double[RowBlock.MAX_ROWS];

    final List<TimelineWindow> closed = new ArrayList<>();
    private int ordinal;
    private long rowsBefore;

    void fold(ChannelValues values, OperatingPoint point, CylinderFold front, CylinderFold rear, int rows) {
        double[] time = values.of(Channel.TIME_SECONDS);
        double start = open.start;
        int from = 0;
        int row = 0;
        while (row < rows) {
            int to = clock.advanceSteadily(time, row, rows, shown);
            boolean wentBack = false;
            if (to == row) {
                shown[row] = clock.advance(time[row]);
                wentBack = clock.wentBack();
                to++;
            }
            for (; row < to; row++) {
                long before = open.rows + row - from;
                if (before == 0) {
                    start = shown[row];
                } else if (wentBack || before == WINDOW_ROWS || shown[row] - start >= WINDOW_SECONDS) {
                    open.add(values, point, front, rear, shown, from, row);
                    close();
                    from = row;
                    start = shown[row];
                }
            }
        }
        open.add(values, point, front, rear, shown, from, rows);
    }

    /** Closes the window of the log before. */
    void beginLog() {
        if (open.rows > 0) {
            close();
        }
    }

    private void close() {
        TimelineWindow window = open.window(ordinal, rowsBefore + 1);
        closed.add(window);
        rowsBefore += window.rows();
        ordinal++;
        open.clear();
    }

    void exchange(StateExchange state) throws UnreadableRecordException {
        state.exchange(clock);
        ordinal = state.next(ordinal, Integer.MAX_VALUE);
        rowsBefore = state.next(rowsBefore);
        open.exchange(state);
    }

    /** Returns the windows closed since the last call. */
    List<TimelineWindow> takeClosed() {
        List<TimelineWindow> taken = List.copyOf(closed);
        closed.clear();
        return taken;
    }

    /** Returns how many windows were closed, including those taken. */
    int closedWindows() {
        return ordinal;
    }

    /** Returns the window that is still open, or null if it has no row. */
    @Nullable
    TimelineWindow current() {
        return open.rows == 0 ? null : open.window(ordinal, rowsBefore + 1);
    }

    /** The sums of a window. */
    private static final class OpenWindow {
        long rows;
        double start;
        double end;
        double rpm;
        double kpa;
        final CylinderSlice front = new CylinderSlice();
        final CylinderSlice rear = new CylinderSlice();

        void add(
                ChannelValues values,
                OperatingPoint point,
                CylinderFold first,
                CylinderFold second,
                double[] shown,
                int from,
                int to) {
            if (from == to) {
                return;
            }
            if (rows == 0) {
                start = shown[from];
            }
            end = shown[to - 1];
            rows += to - from;
            addPoints(values.of(Channel.RPM), values.of(Channel.MAP_KPA), from, to);
            double[] iat = values.of(Channel.IAT_FAHRENHEIT);
            front.add(first, point, values.of(Channel.KNOCK_RETARD_FRONT_DEG), iat, from, to);
            rear.add(second, point, values.of(Channel.KNOCK_RETARD_REAR_DEG), iat, from, to);
        }

        private void addPoints(double[] speeds, double[] pressures, int from, int to) {
            double rpmSum = rpm;
            double kpaSum = kpa;
            for (int i = from; i < to; i++) {
                rpmSum += speeds[i];
                kpaSum += pressures[i];
            }
            rpm = rpmSum;
            kpa = kpaSum;
        }

        void exchange(StateExchange state) throws UnreadableRecordException {
            rows = state.next(rows);
            start = state.next(start);
            end = state.next(end);
            rpm = state.next(rpm);
            kpa = state.next(kpa);
            front.exchange(state);
            rear.exchange(state);
        }

        TimelineWindow window(int ordinal, long firstRow) {
            return new TimelineWindow(
                    ordinal, firstRow, rows, start, end, rpm / rows, kpa / rows, front.window(), rear.window());
        }

        void clear() {
            rows = 0;
            rpm = 0;
            kpa = 0;
            front.clear();
            rear.clear();
        }
    }

    /** One cylinder's share of a window. */
    private static final class CylinderSlice {
        long accepted;
        double err;
        double corr;
        double weight;
        double knock;
        double iat = Double.NaN;

        void add(CylinderFold fold, OperatingPoint point, double[] knocks, double[] temperatures, int from, int to) {
            sum(fold, point.weight, from, to);
            peaks(fold.peakRows(point), knocks, temperatures, from, to);
        }

        private void sum(CylinderFold fold, double[] weights, int from, int to) {
            byte[] gate = fold.gate;
            double[] errs = fold.err;
            double[] corrs = fold.corr;
            double errSum = err;
            double corrSum = corr;
            double weightSum = weight;
            int rows = 0;
            for (int i = from; i < to; i++) {
                if (gate[i] == OperatingPoint.PASSED) {
                    double w = weights[i];
                    rows++;
                    errSum += errs[i] * w;
                    corrSum += corrs[i] * w;
                    weightSum += w;
                }
            }
            err = errSum;
            corr = corrSum;
            weight = weightSum;
            accepted += rows;
        }

        private void peaks(byte[] counted, double[] knocks, double[] temperatures, int from, int to) {
            double highestKnock = knock;
            double highestIat = iat;
            for (int i = from; i < to; i++) {
                if (counted[i] == OperatingPoint.PASSED) {
                    if (knocks[i] > highestKnock) {
                        highestKnock = knocks[i];
                    }
                    if (!(temperatures[i] <= highestIat) && !Double.isNaN(temperatures[i])) {
                        highestIat = temperatures[i];
                    }
                }
            }
            knock = highestKnock;
            iat = highestIat;
        }

        void exchange(StateExchange state) throws UnreadableRecordException {
            accepted = state.next(accepted);
            err = state.next(err);
            corr = state.next(corr);
            weight = state.next(weight);
            knock = state.next(knock);
            iat = state.next(iat);
        }

        CylinderWindow window() {
            return new CylinderWindow(
                    accepted,
                    weight > 0 ? err / weight : Double.NaN,
                    weight > 0 ? corr / weight : Double.NaN,
                    knock,
                    iat);
        }

        void clear() {
            accepted = 0;
            err = 0;
            corr = 0;
            weight = 0;
            knock = 0;
            iat = Double.NaN;
        }
    }
}
