/**
 * How far a run can be trusted: start with {@link dynoai.exporter.diagnose.Diagnostics}, made from a run's sums and its
 * kernels. {@link dynoai.exporter.diagnose.AnomalyHypotheses} and {@link dynoai.exporter.diagnose.DiagnosticsReport} write
 * it for programs and for people. Nothing here knows the time, the run's id or a path.
 */
package dynoai.exporter.diagnose;
