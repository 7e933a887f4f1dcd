/**
 * The reports of runs: self-contained pages without scripts, readable in print and for colour-blind readers, with the same
 * bytes for the same run. Start with {@link dynoai.exporter.report.RunPage}, the {@code report.html} of a run; {@link
 * dynoai.exporter.report.DiagnosticsReport} is the text report. {@link dynoai.exporter.report.SummaryPage}, {@link
 * dynoai.exporter.report.ComparisonPage} and {@link dynoai.exporter.report.RunsPage} show stored runs.
 */
package dynoai.exporter.report;
