/**
 * The engine without any service around it: a log in, a run folder out.
 *
 * <p>Start with {@link dynoai.engine.BatchAnalysis} (one log) and {@link dynoai.engine.BatchRun} (many). {@link
 * dynoai.engine.Calibration} is the plain library: read, bin, run a kernel, write a grid. {@link dynoai.engine.Preflight}
 * looks at a log without writing; {@link dynoai.engine.Verification}, {@link dynoai.engine.Comparison} and {@link
 * dynoai.engine.Determinism} check runs that are there.
 */
package dynoai.engine;
