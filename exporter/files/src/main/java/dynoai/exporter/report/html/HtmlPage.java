package dynoai.exporter.report.html;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a page from top to bottom. It is well-formed XML and refers to no other file. {@link #text} escapes all values from
 * logs.
 */
public final class HtmlPage {
    /** Limit of one value from a log in characters; a header may be a megabyte long. */
    private static final int MAX_VALUE_LENGTH = 160;

    private final StringBuilder html = new StringBuilder(65_536);
    private boolean inSection;

    public HtmlPage(String title) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\"/>\n")
                .append("<meta http-equiv=\"Content-Security-Policy\"")
                .append(" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n<title>");
        text(title).raw("</title>\n<style>\n").raw(PageStyle.CSS).raw("</style>\n</head>\n<body>\n<main>\n<h1>");
        text(title).raw("</h1>\n");
    }

    /** Ends the page. */
    public byte[] bytes(String appVersion) {
        endSection();
        raw("</main>\n<footer>DynoAI ").text(appVersion).raw(". Preview only: nothing here was applied to a tune.");
        raw("</footer>\n</body>\n</html>\n");
        return html.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Begins a section, which ends before the next one. */
    public HtmlPage section(String title) {
        endSection();
        inSection = true;
        return raw("<section>\n<h2>").text(title).raw("</h2>\n");
    }

    private void endSection() {
        if (inSection) {
            raw("</section>\n");
            inSection = false;
        }
    }

    public HtmlPage heading(String title) {
        return raw("<h3>").text(title).raw("</h3>\n");
    }

    public HtmlPage paragraph(String sentence) {
        return raw("<p>").text(sentence).raw("</p>\n");
    }

    public HtmlPage warning(String sentence) {
        return raw("<p class=\"warning\" role=\"note\"><strong>Attention:</strong> ")
                .text(sentence)
                .raw("</p>\n");
    }

    public HtmlPage list(List<String> items) {
        raw("<ul>\n");
        for (String item : items) {
            raw("<li>").text(item).raw("</li>\n");
        }
        return raw("</ul>\n");
    }

    public HtmlPage figure(String label, String value) {
        return raw("<div><dt>").text(label).raw("</dt><dd>").text(value).raw("</dd></div>\n");
    }

    public HtmlPage beginFigures() {
        return raw("<dl class=\"figures\">\n");
    }

    public HtmlPage endFigures() {
        return raw("</dl>\n");
    }

    /** Writes a plain table; the first column is the row header. */
    public HtmlPage table(String caption, List<String> header, List<List<String>> rows) {
        raw("<div class=\"wide\"><table class=\"plain\">\n<caption>")
                .text(caption)
                .raw("</caption>\n<thead><tr>");
        for (String name : header) {
            raw("<th scope=\"col\">").text(name).raw("</th>");
        }
        raw("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            raw("<tr>");
            for (int i = 0; i < row.size(); i++) {
                raw(i == 0 ? "<th scope=\"row\">" : "<td>").text(row.get(i)).raw(i == 0 ? "</th>" : "</td>");
            }
            raw("</tr>\n");
        }
        return raw("</tbody>\n</table></div>\n");
    }

    /** Writes markup, never a value. */
    public HtmlPage raw(String markup) {
        html.append(markup);
        return this;
    }

    public HtmlPage raw(int number) {
        html.append(number);
        return this;
    }

    /** Writes text. Markup is escaped; control and bidirectional formatting characters are replaced. */
    public HtmlPage text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&':
                    html.append("&amp;");
                    break;
                case '<':
                    html.append("&lt;");
                    break;
                case '>':
                    html.append("&gt;");
                    break;
                case '"':
                    html.append("&quot;");
                    break;
                case '\'':
                    html.append("&#39;");
                    break;
                default:
                    if (Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1))) {
                        html.append(c).append(text.charAt(++i));
                    } else {
                        html.append(isAllowed(c) ? c : '\uFFFD');
                    }
            }
        }
        return this;
    }

    /** Cuts a value from a log to a limited length. */
    public static String cut(String value) {
        return value.length() <= MAX_VALUE_LENGTH ? value : value.substring(0, MAX_VALUE_LENGTH) + "…";
    }

    private static boolean isAllowed(char c) {
        if (c < ' ' || c >= 0x7f && c < 0xa0 || Character.isSurrogate(c) || c >= 0xfffe) {
            return c == '\n' || c == '\t';
        }
        boolean turnsDirection = c == 0x200e || c == 0x200f || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
        return !turnsDirection;
    }
}
