/**
 * Batch analysis and the library, without any service.
 *
 * <p>Start with {@link dynoai.engine.Calibration}, the library's entry point, or {@link dynoai.engine.BatchAnalysis} (one log)
 * and {@link dynoai.engine.BatchRun} (many). {@link dynoai.engine.Preflight} checks a log without writing; {@link
 * dynoai.engine.Determinism} analyses a log or a stored run again.
 */
package dynoai.engine;
