package dynoai.exporter.report;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.report.html.HeatScale;
import dynoai.exporter.report.html.HtmlPage;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.TimelineWindow;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import java.util.List;

/** The timeline as an inline drawing: engine speed and pressure, then correction and knock of each cylinder. */
final class TimelineStrip {
    private static final int LEFT = 46;
    private static final int WIDTH = 954;
    private static final int RIGHT = LEFT + WIDTH;
    private static final int TOP = 8;
    private static final int HEIGHT = 90;
    private static final int BOTTOM = TOP + HEIGHT;
    private static final int BAND_HEIGHT = 16;
    private static final double FULL_RPM = 7000;
    private static final double FULL_KPA = 110;
    private static final double KNOCK_DEG = 0.5;

    private final HtmlPage page;
    private final List<TimelineSpan> spans;
    private final HeatScale scale;
    private final long rows;

    private TimelineStrip(HtmlPage page, List<TimelineSpan> spans, AnalysisOptions options) {
        this.page = page;
        this.spans = spans;
        double clamp = options.number(Option.CLAMP);
        scale = options.mathVersion().isReplay() ? HeatScale.leanBelow(clamp) : HeatScale.leanAbove(clamp);
        long sum = 0;
        for (TimelineSpan span : spans) {
            sum += span.rows();
        }
        rows = sum;
    }

    static void write(HtmlPage page, AnalysisResult run) {
        List<TimelineWindow> windows = run.grids().timeline();
        page.section("Timeline");
        if (windows.isEmpty()) {
            page.paragraph("No row was processed.");
            return;
        }
        page.paragraph(windows.size() + (windows.size() == 1 ? " window" : " windows")
                + " of about 10 s of the log's own time, from left to right by rows. Above: mean engine speed (line) and"
                + " manifold pressure (dashed). Below: mean correction of each cylinder in the colours of the tables, a"
                + " tick where knock retard reached 0.5 degrees. The figures are in Timeline.csv.");
        new TimelineStrip(page, TimelineSpan.of(windows), run.options()).draw();
    }

    private void draw() {
        int height = BOTTOM + 2 * (BAND_HEIGHT + 6) + 24;
        page.raw("<svg viewBox=\"0 0 1000 ").raw(height).raw("\" role=\"img\" aria-label=\"Timeline of the run\">\n");
        scaleLine(TOP, "7000");
        scaleLine(TOP + HEIGHT / 2, "3500");
        scaleLine(BOTTOM, "rpm 0");
        curve("curve", true);
        curve("pressure", false);
        int top = BOTTOM + 8;
        for (Cylinder cylinder : Cylinder.values()) {
            label(top + BAND_HEIGHT - 4, cylinder.title());
            band(cylinder, top);
            top += BAND_HEIGHT + 6;
        }
        text(LEFT, height - 4, "start", "row 1");
        text(RIGHT, height - 4, "end", "row " + rows);
        page.raw("</svg>\n");
    }

    private void scaleLine(int y, String label) {
        page.raw("<line class=\"axis\" x1=\"")
                .raw(LEFT)
                .raw("\" x2=\"")
                .raw(RIGHT)
                .raw("\" y1=\"")
                .raw(y);
        page.raw("\" y2=\"").raw(y).raw("\"/>");
        label(y + 4, label);
    }

    private void label(int y, String words) {
        text(LEFT - 5, y, "end", words);
    }

    private void text(int x, int y, String anchor, String words) {
        page.raw("<text x=\"")
                .raw(x)
                .raw("\" y=\"")
                .raw(y)
                .raw("\" text-anchor=\"")
                .raw(anchor)
                .raw("\">");
        page.text(words).raw("</text>\n");
    }

    /** Draws one step per span at its mean. */
    private void curve(String style, boolean speed) {
        page.raw("<polyline class=\"").raw(style).raw("\" points=\"");
        long before = 0;
        for (TimelineSpan span : spans) {
            int y = BOTTOM - share(speed ? span.rpm() / FULL_RPM : span.kpa() / FULL_KPA);
            page.raw(x(before)).raw(",").raw(y).raw(" ");
            before += span.rows();
            page.raw(x(before)).raw(",").raw(y).raw(" ");
        }
        page.raw("\"/>\n");
    }

    private void band(Cylinder cylinder, int top) {
        long before = 0;
        for (TimelineSpan span : spans) {
            int from = x(before);
            before += span.rows();
            int to = Math.max(from + 1, x(before));
            page.raw("<rect class=\"")
                    .raw(scale.style(span.corr(cylinder)))
                    .raw("\" x=\"")
                    .raw(from);
            page.raw("\" y=\"")
                    .raw(top)
                    .raw("\" width=\"")
                    .raw(to - from)
                    .raw("\" height=\"")
                    .raw(BAND_HEIGHT);
            page.raw("\"/>");
            if (span.knock(cylinder) >= KNOCK_DEG) {
                int middle = (from + to) / 2;
                page.raw("<line class=\"knock\" x1=\"")
                        .raw(middle)
                        .raw("\" x2=\"")
                        .raw(middle)
                        .raw("\" y1=\"");
                page.raw(top - 3).raw("\" y2=\"").raw(top + BAND_HEIGHT / 2).raw("\"/>");
            }
        }
        page.raw("\n");
    }

    private int x(long row) {
        return rows == 0 ? LEFT : LEFT + (int) Math.round((double) row / rows * WIDTH);
    }

    /** Returns the height in the drawing; empty for NaN. */
    private static int share(double share) {
        return (int) Math.round(Math.max(0, Math.min(1, share)) * HEIGHT);
    }
}
