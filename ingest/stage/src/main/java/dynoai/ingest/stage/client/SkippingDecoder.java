package dynoai.ingest.stage.client;

import dynoai.ingest.folder.run.IngestEvents;
import dynoai.schemas.topic.DeadLetter;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.UnreadableRecordException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes records; an unreadable one is reported and skipped.
 *
 * @param dead takes the records of unknown schemas
 */
public record SkippingDecoder<T>(RecordDecoder<T> decoder, IngestEvents events, Consumer<DeadLetter> dead) {

    /** Decodes a record; empty when it is skipped or has no value. */
    public Optional<T> decode(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(decoder.decode(record.value()));
        } catch (UnreadableRecordException e) {
            events.recordSkipped(record.topic(), record.partition(), record.offset(), String.valueOf(e.getMessage()));
            return Optional.empty();
        } catch (UnknownSchemaException e) {
            dead.accept(DeadLetter.of(record, e));
            return Optional.empty();
        }
    }
}
