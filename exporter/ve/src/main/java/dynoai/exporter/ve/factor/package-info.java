/**
 * The correction factors of an application: where they come from, whether they are sound, and the arithmetic that applies and
 * reverts them. Start with {@link dynoai.exporter.ve.factor.Application}. A failure is a {@link
 * dynoai.exporter.ve.factor.VeException} with its reason.
 */
package dynoai.exporter.ve.factor;
