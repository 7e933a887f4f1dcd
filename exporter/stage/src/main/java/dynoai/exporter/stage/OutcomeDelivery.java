package dynoai.exporter.stage;

import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.topic.DeadLetter;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.UnreadableRecordException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes a record of run-grids and delivers its run; a record that cannot be decoded fails its run. */
final class OutcomeDelivery {
    private final RecordDecoder<RunOutcome> decoder;
    private final RunDelivery delivery;
    private final ExporterEvents events;

    OutcomeDelivery(RecordDecoder<RunOutcome> decoder, RunDelivery delivery, ExporterEvents events) {
        this.decoder = decoder;
        this.delivery = delivery;
        this.events = events;
    }

    /**
     * What to publish for a record.
     *
     * @param result empty if the record is skipped or changes nothing
     */
    record Delivered(Optional<RunResult> result, Optional<DeadLetter> deadLetter) {}

    /**
     * Delivers the run of a record whose key is a run key.
     *
     * @throws TransientFailureException when the delivery must be retried later
     */
    Delivered deliver(ConsumerRecord<String, byte[]> record) throws TransientFailureException {
        RunKey key = RunKey.parse(record.key());
        if (record.value() == null) {
            return unreadable(record, key, "it has no value");
        }
        RunOutcome outcome;
        try {
            outcome = decoder.decode(record.value());
        } catch (UnreadableRecordException e) {
            return unreadable(record, key, String.valueOf(e.getMessage()));
        } catch (UnknownSchemaException e) {
            return new Delivered(
                    failed(record, key, FailureCode.UNKNOWN_SCHEMA, String.valueOf(e.getMessage())),
                    Optional.of(DeadLetter.of(record, e)));
        }
        if (!outcome.key().equals(key)) {
            return unreadable(record, key, "it is of run " + outcome.key());
        }
        return new Delivered(delivery.deliver(outcome), Optional.empty());
    }

    private Delivered unreadable(ConsumerRecord<String, byte[]> record, RunKey key, String why)
            throws TransientFailureException {
        return new Delivered(failed(record, key, FailureCode.UNREADABLE_RECORD, why), Optional.empty());
    }

    private Optional<RunResult> failed(ConsumerRecord<String, byte[]> record, RunKey key, FailureCode code, String why)
            throws TransientFailureException {
        String message = "record " + record.offset() + " of partition " + record.partition() + " of " + record.topic()
                + " cannot be read: " + why;
        Optional<RunResult> failed = delivery.failUnlessDone(key, 0, code, message);
        if (failed.isEmpty()) {
            events.recordSkipped(record.partition(), record.offset(), why);
        }
        return failed;
    }
}
