package dynoai.exporter.report.html;

import dynoai.exporter.diagnose.Diagnostics;

/** The meaning of colours and marks. */
public final class Legend {
    private Legend() {}

    /** @param inverted whether the tables' sign is inverted, as in the replay version and in error maps */
    public static void leanAndRich(HtmlPage page, boolean inverted) {
        page.raw("<p class=\"legend\">");
        swatch(page, "p4", inverted ? "negative: lean" : "positive: lean, add fuel");
        swatch(page, "n4", inverted ? "positive: rich" : "negative: rich, take fuel out");
        page.raw("<span>the stronger the colour, the larger the figure</span></p>\n");
    }

    public static void marks(HtmlPage page) {
        page.raw("<p class=\"legend\"><span><span class=\"swatch clamped\"></span>framed: cut by the clamp</span>")
                .raw("<span><span class=\"weak\">slanted, dotted</span>: fewer than " + Diagnostics.ENOUGH_SAMPLES
                        + " samples</span></p>\n");
    }

    private static void swatch(HtmlPage page, String style, String meaning) {
        page.raw("<span><span class=\"swatch ")
                .raw(style)
                .raw("\"></span>")
                .text(meaning)
                .raw("</span>");
    }
}
