package dynoai.exporter.ve.preview;

import dynoai.exporter.table.FixedFormat;
import dynoai.exporter.table.VeTable;

/** A preview as an HTML page: the new table with old values and factors, clamped cells marked. */
final class PreviewHtml {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>VE preview</title>
            <style>
            body { font-family: system-ui, sans-serif; margin: 2rem; color: #1b1b1b; background: #fff }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums }
            th, td { border: 1px solid #bbb; padding: .35rem .6rem; text-align: right }
            th { background: #f0f0f0 }
            small { display: block; color: #444 }
            .more { background: #fee0bf } .less { background: #d2e5f5 }
            .clamp { outline: 3px solid #b3261e; outline-offset: -3px }
            .kept { background: repeating-linear-gradient(45deg, #eee 0 4px, #fff 4px 8px) }
            </style>
            </head>
            <body>
            <h1>Preview of the changes</h1>
            <p>Base \
            """;
    private static final String FOOT = """
            <p>Each cell: the new value; below it the old value and the factor applied. Orange adds fuel, blue takes fuel \
            out, a red frame marks a factor cut at the clamp (its own in brackets), hatched cells are left alone by the mask \
            or for too few samples.</p>
            </body>
            </html>
            """;

    private PreviewHtml() {}

    static String of(Preview preview) {
        String version = preview.mathVersion();
        StringBuilder page = new StringBuilder(16_384);
        page.append(HEAD)
                .append(escaped(preview.base()))
                .append("<br>Factors ")
                .append(escaped(preview.factor() + (version == null ? "" : ", math version " + version)))
                .append("</p>\n<p>")
                .append(escaped(preview.asText().lines().reduce("", (earlier, line) -> line)))
                .append("</p>\n");
        table(page, preview);
        return page.append(FOOT).toString();
    }

    private static void table(StringBuilder page, Preview preview) {
        VeTable before = preview.before();
        page.append("<table>\n<caption>VE by rpm and kPa</caption>\n<tr><th scope=\"col\">RPM</th>");
        for (int column = 0; column < before.columns(); column++) {
            page.append("<th scope=\"col\">")
                    .append(escaped(before.kpaLabel(column)))
                    .append("</th>");
        }
        page.append("</tr>\n");
        for (int row = 0; row < before.rows(); row++) {
            page.append("<tr><th scope=\"row\">")
                    .append(escaped(before.rpmLabel(row)))
                    .append("</th>");
            for (int column = 0; column < before.columns(); column++) {
                cell(page, preview.cells().get(row * before.columns() + column));
            }
            page.append("</tr>\n");
        }
        page.append("</table>\n");
    }

    private static void cell(StringBuilder page, Preview.Cell cell) {
        page.append("<td class=\"").append(style(cell)).append("\">");
        if (cell.fate() != Preview.Fate.EMPTY) {
            page.append(FixedFormat.format(cell.newValue(), 4, false));
        }
        if (cell.fate() == Preview.Fate.CHANGED || cell.fate() == Preview.Fate.AT_CLAMP) {
            page.append("<small>")
                    .append(FixedFormat.format(cell.oldValue(), 4, false))
                    .append(' ')
                    .append(FixedFormat.format(cell.clamped(), 2, true))
                    .append(" %");
            if (cell.fate() == Preview.Fate.AT_CLAMP) {
                page.append(" (")
                        .append(FixedFormat.format(cell.factor(), 2, true))
                        .append(" %)");
            }
            page.append("</small>");
        }
        page.append("</td>");
    }

    private static String style(Preview.Cell cell) {
        return switch (cell.fate()) {
            case CHANGED -> cell.clamped() > 0 ? "more" : "less";
            case AT_CLAMP -> cell.clamped() > 0 ? "more clamp" : "less clamp";
            case LEFT_ALONE -> "kept";
            default -> "same";
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
