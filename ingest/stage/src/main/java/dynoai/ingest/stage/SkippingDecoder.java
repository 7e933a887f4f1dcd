package dynoai.ingest.stage;

import dynoai.ingest.folder.run.IngestEvents;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.UnreadableRecordException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/** Decodes records; an unreadable one is reported and skipped. */
record SkippingDecoder<T>(RecordDecoder<T> decoder, IngestEvents events) {

    /**
     * Decodes a record; empty when it is skipped or has no value.
     *
     * @throws KafkaException when the record's schema is not published yet, so that it must be read again later
     */
    Optional<T> decode(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(decoder.decode(record.value()));
        } catch (UnreadableRecordException e) {
            events.recordSkipped(record.topic(), record.partition(), record.offset(), String.valueOf(e.getMessage()));
            return Optional.empty();
        } catch (UnknownSchemaException e) {
            throw new KafkaException(e.getMessage(), e);
        }
    }
}
