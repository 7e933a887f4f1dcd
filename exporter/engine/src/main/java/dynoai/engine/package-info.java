/**
 * Batch analysis and the library, without any service.
 *
 * <p>Start with {@link dynoai.engine.Calibration}, the library's entry point, or {@link dynoai.engine.BatchAnalysis} (one log)
 * and {@link dynoai.engine.BatchRun} (many). {@link dynoai.engine.Preflight} checks a log without writing; {@link
 * dynoai.engine.Verification}, {@link dynoai.engine.Comparison} and {@link dynoai.engine.Determinism} check stored runs.
 */
package dynoai.engine;
