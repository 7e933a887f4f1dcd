/**
 * Pages for people: self-contained, without scripts, network or fonts of their own, printable, readable by colour-blind
 * eyes, the same bytes for the same facts. Start with {@link dynoai.exporter.report.RunPage}, the {@code report.html} of a
 * run. {@link dynoai.exporter.report.SummaryPage}, {@link dynoai.exporter.report.ComparisonPage} and {@link
 * dynoai.exporter.report.RunsPage} tell of runs that were read back as {@link dynoai.exporter.report.StoredRun}. {@link dynoai.exporter.report.HtmlPage} frames and escapes every page, and {@link
 * dynoai.exporter.report.HeatTable} draws every grid.
 */
package dynoai.exporter.report;
