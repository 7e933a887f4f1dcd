/**
 * The quality of a run. Start with {@link dynoai.exporter.diagnose.Diagnostics}, which searches the anomalies; {@link
 * dynoai.exporter.diagnose.AnomalyHypotheses} writes them as JSON.
 */
package dynoai.exporter.diagnose;
