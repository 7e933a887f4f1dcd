package dynoai.exporter.report;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.TimelineWindow;
import dynoai.schemas.grid.TimelineWindow.CylinderWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * One or more windows of the timeline, drawn as one step.
 *
 * @param corrFront mean correction, weighted by accepted rows; NaN without any
 */
record TimelineSpan(
        long rows, double rpm, double kpa, double corrFront, double corrRear, double knockFront, double knockRear) {
    private static final int MAX_SPANS = 240;

    /** Returns at most 240 spans of equal numbers of windows. */
    static List<TimelineSpan> of(List<TimelineWindow> windows) {
        int each = (windows.size() + MAX_SPANS - 1) / MAX_SPANS;
        List<TimelineSpan> spans = new ArrayList<>();
        for (int from = 0; from < windows.size(); from += each) {
            spans.add(merged(windows.subList(from, Math.min(windows.size(), from + each))));
        }
        return spans;
    }

    double corr(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? corrFront : corrRear;
    }

    double knock(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? knockFront : knockRear;
    }

    private static TimelineSpan merged(List<TimelineWindow> windows) {
        long rows = 0;
        double rpm = 0;
        double kpa = 0;
        for (TimelineWindow window : windows) {
            rows += window.rows();
            rpm += window.meanRpm() * window.rows();
            kpa += window.meanKpa() * window.rows();
        }
        return new TimelineSpan(
                rows,
                rpm / rows,
                kpa / rows,
                corr(windows, Cylinder.FRONT),
                corr(windows, Cylinder.REAR),
                knock(windows, Cylinder.FRONT),
                knock(windows, Cylinder.REAR));
    }

    private static double corr(List<TimelineWindow> windows, Cylinder cylinder) {
        long accepted = 0;
        double sum = 0;
        for (TimelineWindow window : windows) {
            CylinderWindow own = of(window, cylinder);
            if (!Double.isNaN(own.meanCorr())) {
                accepted += own.accepted();
                sum += own.meanCorr() * own.accepted();
            }
        }
        return accepted == 0 ? Double.NaN : sum / accepted;
    }

    private static double knock(List<TimelineWindow> windows, Cylinder cylinder) {
        double peak = 0;
        for (TimelineWindow window : windows) {
            peak = Math.max(peak, of(window, cylinder).peakKnock());
        }
        return peak;
    }

    private static CylinderWindow of(TimelineWindow window, Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? window.front() : window.rear();
    }
}
