/**
 * The exporter as a stage: reads analysis outcomes from Kafka and publishes run folders and run results. Start with {@link
 * dynoai.exporter.stage.ExporterStage}.
 *
 * <p>{@code RunDelivery} writes one run's folder or reuses a published one; {@code ExportLoop} exports several runs at a time
 * and commits their results and offsets in one transaction.
 */
package dynoai.exporter.stage;
