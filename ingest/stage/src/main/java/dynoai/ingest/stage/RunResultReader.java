package dynoai.ingest.stage;

import dynoai.ingest.folder.IngestEvents;
import dynoai.ingest.folder.RunTransport.RunOutcome;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.UnreadableRecordException;
import dynoai.schemas.wire.WriterSchemas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Hears of finished runs, those of earlier processes too: it reads the results from their beginning. */
final class RunResultReader implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final RecordDecoder<RunResult> decoder;
    private final IngestEvents events;

    RunResultReader(Clients clients, WriterSchemas schemas, IngestEvents events) {
        this.events = events;
        this.consumer = clients.consumer("read_committed");
        this.decoder = Topics.RUN_RESULTS.decoder(schemas);
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.RUN_RESULTS.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** A record that cannot be read is nobody's result: the run it may have been of is found by its whereabouts. */
    List<RunOutcome> poll() {
        List<RunOutcome> outcomes = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ZERO)) {
            if (record.value() != null) {
                decode(record).ifPresent(result -> outcomes.add(outcome(result)));
            }
        }
        return outcomes;
    }

    private Optional<RunResult> decode(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.of(decoder.decode(record.value()));
        } catch (UnreadableRecordException hostile) {
            events.recordPassedOver(
                    record.topic(), record.partition(), record.offset(), String.valueOf(hostile.getMessage()));
            return Optional.empty();
        } catch (UnknownSchemaException unknown) {
            throw new KafkaException(unknown.getMessage(), unknown);
        }
    }

    private static RunOutcome outcome(RunResult result) {
        Optional<Rejection> failure = result.ok()
                ? Optional.empty()
                : Optional.of(Rejection.of(
                        result.code().isEmpty() ? FailureCode.RUN_FAILED : FailureCode.ofName(result.code()),
                        result.message(),
                        "the run folder " + result.folder() + " holds the manifest of the failed run; dynoai requeue"
                                + " tries again"));
        return new RunOutcome(result.key().runId(), result.attempt(), result.inputSha256(), failure);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
