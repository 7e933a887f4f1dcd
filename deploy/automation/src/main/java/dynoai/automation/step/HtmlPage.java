package dynoai.automation.step;

import java.util.List;

/** A page of text and tables that needs nothing but itself: no script, no font, no network. */
final class HtmlPage {
    private final StringBuilder body = new StringBuilder();
    private final String title;

    HtmlPage(String title) {
        this.title = title;
        body.append("<h1>").append(escape(title)).append("</h1>\n");
    }

    void text(String text) {
        body.append("<p>").append(escape(text)).append("</p>\n");
    }

    void table(List<String> heads, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        body.append("<table>\n<thead>");
        row("th", heads);
        body.append("</thead>\n<tbody>\n");
        rows.forEach(row -> row("td", row));
        body.append("</tbody>\n</table>\n");
    }

    private void row(String tag, List<String> cells) {
        body.append("<tr>");
        cells.forEach(cell -> body.append("<" + tag + ">" + escape(cell) + "</" + tag + ">"));
        body.append("</tr>\n");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + escape(title)
                + "</title>\n<style>body{font-family:sans-serif;margin:2em;color:#12263a}"
                + "table{border-collapse:collapse;margin:1em 0}"
                + "th,td{border:1px solid #c3ccd6;padding:.3em .6em;text-align:left;font-size:.9em}"
                + "th{background:#eef2f6}</style>\n</head>\n<body>\n" + body + "</body>\n</html>\n";
    }
}
