/**
 * Applying correction factors to a VE table, and exact rollback. Start with {@link dynoai.exporter.ve.VeApply} and {@link
 * dynoai.exporter.ve.VeRollback}; {@link dynoai.exporter.ve.VeHistory} lists the applications that led to a table.
 *
 * <p>{@code TableCommit} orders the file changes.
 */
package dynoai.exporter.ve;
