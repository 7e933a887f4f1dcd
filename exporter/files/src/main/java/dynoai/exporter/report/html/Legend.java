package dynoai.exporter.report.html;

import dynoai.exporter.diagnose.Diagnostics;

/** The meaning of colours and marks. */
public final class Legend {
    private Legend() {}

    /** Explains a scale by its ends: rich and blue on the left, lean and amber on the right. */
    public static void leanAndRich(HtmlPage page, HeatScale scale) {
        String full = Figures.number(scale.full(), 1, false);
        page.raw("<p class=\"legend\"><span>")
                .text((scale.isInverted() ? "+" : "−") + full + " rich: take fuel out")
                .raw("</span><span>");
        for (int step = HeatScale.STEPS; step > 0; step--) {
            swatch(page, "low" + step);
        }
        swatch(page, "none");
        for (int step = 1; step <= HeatScale.STEPS; step++) {
            swatch(page, "high" + step);
        }
        page.raw("</span><span>")
                .text("lean: add fuel " + (scale.isInverted() ? "−" : "+") + full)
                .raw("</span></p>\n");
    }

    /** Explains how far a cell can be trusted, and the frame of the clamp. */
    public static void marks(HtmlPage page) {
        page.raw("<p class=\"legend\"><span>");
        swatch(page, "high3");
        page.raw(" full: firm</span><span>");
        swatch(page, "high3 scattered");
        page.raw(" muted: the rows spread widely</span><span>");
        swatch(page, "high3 weak");
        page.raw(" edge only: fewer than " + Diagnostics.ENOUGH_SAMPLES + " samples</span><span>");
        swatch(page, "clamped");
        page.raw(" framed: cut by the clamp</span></p>\n");
    }

    private static void swatch(HtmlPage page, String style) {
        page.raw("<span class=\"swatch ").raw(style).raw("\"></span>");
    }
}
