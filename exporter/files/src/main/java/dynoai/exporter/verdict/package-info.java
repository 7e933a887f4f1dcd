/**
 * What a tuner needs to know about a run first: the largest corrections before the clamp, the spark advice, whether the mean of
 * the cylinders may be used, and what to ride next. {@link dynoai.exporter.verdict.Verdict} is computed from an analysis or
 * from a run folder with the same result. Page, report, summary and command line show it.
 */
package dynoai.exporter.verdict;
