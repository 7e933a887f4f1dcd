/**
 * Applying correction factors to a VE table, and going back exactly. Start with {@link dynoai.exporter.ve.VeApply} and
 * {@link dynoai.exporter.ve.VeRollback}; {@link dynoai.exporter.ve.VeHistory} shows what led to a table and {@link
 * dynoai.exporter.ve.Preview} what an application would change. Everything that is refused is a {@link
 * dynoai.exporter.ve.VeRefused} with its reason.
 *
 * <p>The arithmetic is {@code Application}, the order in which files change is {@code TableCommit}.
 */
package dynoai.exporter.ve;
