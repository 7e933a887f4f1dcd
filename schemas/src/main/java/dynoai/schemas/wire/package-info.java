/**
 * The records as bytes: Avro single-object encoding (two marker bytes, the 64-bit fingerprint of the writer's schema, the
 * Avro body), written and read by hand where it is hot. Start with {@link dynoai.schemas.wire.WireFormat}: one per kind of
 * message. {@link dynoai.schemas.wire.RunLogEncoder} and {@link dynoai.schemas.wire.RecordDecoder} are what stages use.
 *
 * <p>The schemas lie in {@code src/main/avro} and in the jar. Nothing here needs Kafka; Avro's own library is needed to
 * compute fingerprints and to read what a writer with another schema wrote.
 */
package dynoai.schemas.wire;
