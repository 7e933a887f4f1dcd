/**
 * The ingest as a stage: the drop folder's state machine with Kafka around it. Start with {@link
 * dynoai.ingest.stage.IngestStage}.
 *
 * <p>{@code KafkaRunTransport} sends each log in a transaction of its own, {@code Ledger} remembers which log is which run and
 * who owns the drop folder, {@code RunResultReader} hears of finished run folders, {@code SentRunLocator} finds a sent run again.
 */
package dynoai.ingest.stage;
