/**
 * The exporter as a stage: outcomes in, run folders and results out. Start with {@link
 * dynoai.exporter.stage.ExporterStage}.
 *
 * <p>{@code RunDelivery} makes one run's folder, or finds that it is there already; {@code ExportLoop} runs several at a
 * time and publishes their results and the offsets in one transaction.
 */
package dynoai.exporter.stage;
