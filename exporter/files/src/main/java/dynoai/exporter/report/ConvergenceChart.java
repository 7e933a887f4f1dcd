package dynoai.exporter.report;

import dynoai.exporter.report.html.Figures;
import dynoai.exporter.report.html.HtmlPage;
import java.util.List;

/** A bar chart of the largest correction from run to run. */
final class ConvergenceChart {
    private static final int LEFT = 46;
    private static final int WIDTH = 954;
    private static final int TOP = 14;
    private static final int HEIGHT = 80;
    private static final int WIDEST_BAR = 60;

    private ConvergenceChart() {}

    static void draw(HtmlPage page, List<StoredRun> runs) {
        double full = 1;
        for (StoredRun run : runs) {
            if (run.largestPercent() > full && Double.isFinite(run.largestPercent())) {
                full = run.largestPercent();
            }
        }
        page.raw("<svg viewBox=\"0 0 1000 112\" role=\"img\" aria-label=\"Largest correction by run\">\n");
        line(page, TOP, Figures.number(full, 1, false) + " %");
        line(page, TOP + HEIGHT, "0 %");
        int step = Math.max(1, Math.min(WIDEST_BAR, WIDTH / runs.size()));
        int shown = Math.min(runs.size(), WIDTH / step);
        for (int i = 0; i < shown; i++) {
            StoredRun run = runs.get(runs.size() - shown + i);
            double share = Double.isNaN(run.largestPercent()) ? 0 : Math.min(1, run.largestPercent() / full);
            int height = (int) Math.round(share * HEIGHT);
            page.raw("<rect class=\"s5\" x=\"")
                    .raw(LEFT + i * step)
                    .raw("\" y=\"")
                    .raw(TOP + HEIGHT - height);
            page.raw("\" width=\"")
                    .raw(Math.max(1, step - 4))
                    .raw("\" height=\"")
                    .raw(height)
                    .raw("\"/>\n");
        }
        page.raw("</svg>\n");
    }

    private static void line(HtmlPage page, int y, String label) {
        page.raw("<line class=\"axis\" x1=\"")
                .raw(LEFT)
                .raw("\" x2=\"1000\" y1=\"")
                .raw(y)
                .raw("\" y2=\"")
                .raw(y);
        page.raw("\"/><text text-anchor=\"end\" x=\"")
                .raw(LEFT - 5)
                .raw("\" y=\"")
                .raw(y + 4)
                .raw("\">");
        page.text(label).raw("</text>\n");
    }
}
