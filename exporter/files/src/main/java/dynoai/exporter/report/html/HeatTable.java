package dynoai.exporter.report.html;

import dynoai.schemas.grid.GridAxes;
import java.util.function.IntFunction;

/** A grid as a coloured table: engine speed down, manifold pressure across. */
public final class HeatTable {
    private final String caption;
    private final IntFunction<String> value;
    private final IntFunction<String> style;
    private IntFunction<String> detail = cell -> "";

    /**
     * @param value the text of a cell; empty for an empty cell
     * @param style the style classes of a cell, separated by spaces
     */
    public HeatTable(String caption, IntFunction<String> value, IntFunction<String> style) {
        this.caption = caption;
        this.value = value;
        this.style = style;
    }

    /** Adds a second, smaller line to each cell. */
    public HeatTable detail(IntFunction<String> detail) {
        this.detail = detail;
        return this;
    }

    public void into(HtmlPage page) {
        page.raw("<div class=\"wide\"><table class=\"heat\">\n<caption>").text(caption);
        page.raw("</caption>\n<thead><tr><th scope=\"col\">rpm \\ kPa</th>");
        for (int kpa = 0; kpa < GridAxes.KPA_COUNT; kpa++) {
            page.raw("<th scope=\"col\">").raw(GridAxes.kpa(kpa)).raw("</th>");
        }
        page.raw("</tr></thead>\n<tbody>\n");
        for (int rpm = 0; rpm < GridAxes.RPM_COUNT; rpm++) {
            page.raw("<tr><th scope=\"row\">").raw(GridAxes.rpm(rpm)).raw("</th>");
            for (int kpa = 0; kpa < GridAxes.KPA_COUNT; kpa++) {
                cell(page, rpm * GridAxes.KPA_COUNT + kpa);
            }
            page.raw("</tr>\n");
        }
        page.raw("</tbody>\n</table></div>\n");
    }

    private void cell(HtmlPage page, int cell) {
        page.raw("<td class=\"").raw(style.apply(cell)).raw("\">").text(value.apply(cell));
        String small = detail.apply(cell);
        if (!small.isEmpty()) {
            page.raw("<small>").text(small).raw("</small>");
        }
        page.raw("</td>");
    }
}
