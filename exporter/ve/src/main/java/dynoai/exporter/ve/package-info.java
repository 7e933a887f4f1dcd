/**
 * Applying correction factors to a VE table, and exact rollback. Start with {@link dynoai.exporter.ve.VeApply} and {@link
 * dynoai.exporter.ve.VeRollback}; {@link dynoai.exporter.ve.VeHistory} lists the applications that led to a table and {@link
 * dynoai.exporter.ve.Preview} shows what an application would change. A failure is a {@link dynoai.exporter.ve.VeException}
 * with its reason.
 *
 * <p>The arithmetic is in {@code Application}; {@code TableCommit} orders the file changes.
 */
package dynoai.exporter.ve;
