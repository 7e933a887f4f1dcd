/**
 * The ingest stage: the drop folder on Kafka. Start with {@link dynoai.ingest.stage.IngestStage}.
 *
 * <p>{@code KafkaRunTransport} is what the drop folder uses, {@code KafkaConnection} the current connection behind it: {@code
 * RunLogWriter} sends each log in a transaction, {@code Ledger} has the runs by identity and the owner of the drop folder, {@code
 * RunResultReader} reads results, {@code SentRunLocator} finds a sent run again.
 */
package dynoai.ingest.stage;
