/**
 * What every page consists of: {@link dynoai.exporter.report.html.HtmlPage} writes and escapes it, {@link
 * dynoai.exporter.report.html.HeatTable} draws a grid.
 */
package dynoai.exporter.report.html;
