package dynoai.ingest.stage;

import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.run.RunTransport;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.record.RunSigner;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.topic.DeadLetter;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.WriterSchemas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads the results of runs from the beginning of their topic, including those of earlier processes. */
final class RunResultReader {
    private final Consumer<String, byte[]> consumer;
    private final SkippingDecoder<RunResult> decoder;

    /** @param dead takes the records of unknown schemas */
    RunResultReader(
            Consumer<String, byte[]> consumer,
            Namespace namespace,
            WriterSchemas schemas,
            IngestEvents events,
            java.util.function.Consumer<DeadLetter> dead) {
        this.consumer = consumer;
        String topic = Topics.RUN_RESULTS.in(namespace);
        this.decoder = new SkippingDecoder<>(Topics.RUN_RESULTS.decoder(schemas), events, dead);
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Whether every result below an offset has been returned. */
    boolean hasRead(TopicPartition partition, long end) {
        return consumer.position(partition) >= end;
    }

    /** Returns new results. The run of a skipped record is found by {@link SentRunLocator} instead. */
    List<RunTransport.Result> poll(RunSigner signer) {
        List<RunTransport.Result> results = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ZERO)) {
            decoder.decode(record).ifPresent(result -> results.add(result(result, signer.isSigned(result))));
        }
        return results;
    }

    private static RunTransport.Result result(RunResult result, boolean signed) {
        Optional<Rejection> failure = result.ok()
                ? Optional.empty()
                : Optional.of(Rejection.of(
                        result.code().isEmpty() ? FailureCode.RUN_FAILED : FailureCode.ofName(result.code()),
                        result.message(),
                        "the run folder " + result.folder() + " holds the manifest of the failed run; dynoai requeue"
                                + " tries again"));
        return new RunTransport.Result(result.key().runId(), result.attempt(), result.inputSha256(), failure, signed);
    }
}
