/**
 * Stored runs: reads, compares and verifies run folders. Start with {@link dynoai.engine.stored.StoredRuns}; {@link
 * dynoai.engine.stored.Comparison} lists the differences between two runs and {@link dynoai.engine.stored.Verification} compares
 * a run folder with its manifest.
 */
package dynoai.engine.stored;
