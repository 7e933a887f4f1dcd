/**
 * The encoding of records: Avro single-object encoding (two marker bytes, the 64-bit fingerprint of the writer's schema, the
 * Avro body). Start with {@link dynoai.schemas.wire.WireFormat}, one per kind of message. Stages use {@link
 * dynoai.schemas.wire.RunLogEncoder} and {@link dynoai.schemas.wire.RecordDecoder}. The schemas are in {@code src/main/avro}.
 */
package dynoai.schemas.wire;
