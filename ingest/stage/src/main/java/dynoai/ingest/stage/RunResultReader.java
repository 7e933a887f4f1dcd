package dynoai.ingest.stage;

import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.run.RunTransport;
import dynoai.ingest.stage.client.SkippingDecoder;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads the results of runs from where the oldest run in flight was sent, so also those that came between two processes. */
final class RunResultReader {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MAX_FIRST_RESULTS = 100_000;

    /** By how much the clocks of brokers, or of this machine, may differ. */
    private static final long MAX_CLOCK_DIFFERENCE_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final Consumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final SkippingDecoder<RunResult> decoder;
    private long fromMillis = Long.MAX_VALUE;
    private boolean positioned;

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
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
    }

    /** Whether every result below an offset has been returned. */
    boolean hasRead(TopicPartition partition, long end) {
        return end == 0 || positioned && consumer.position(partition) >= end;
    }

    /** Includes the results of a run that was sent at this time of the brokers. Has no effect after the first poll. */
    void include(long sentMillis) {
        fromMillis = Math.min(fromMillis, Math.max(0, sentMillis - MAX_CLOCK_DIFFERENCE_MILLIS));
    }

    /**
     * Returns new results; the first time all there are, so that no run is resent whose result exists. The run of a skipped
     * record is found by {@link SentRunLocator} instead.
     */
    List<RunTransport.Result> poll(RunSigner signer) {
        List<RunTransport.Result> results = new ArrayList<>();
        if (!positioned) {
            seek();
            positioned = true;
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (results.size() < MAX_FIRST_RESULTS
                    && partitions.stream().anyMatch(partition -> isBehind(partition, ends))) {
                add(consumer.poll(POLL), signer, results);
            }
        }
        add(consumer.poll(Duration.ZERO), signer, results);
        return results;
    }

    private boolean isBehind(TopicPartition partition, Map<TopicPartition, Long> ends) {
        return consumer.position(partition) < ends.getOrDefault(partition, 0L);
    }

    private void seek() {
        if (fromMillis == Long.MAX_VALUE) {
            consumer.seekToEnd(partitions);
        } else {
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(partition -> times.put(partition, fromMillis));
            Map<TopicPartition, @Nullable OffsetAndTimestamp> starts = consumer.offsetsForTimes(times);
            for (TopicPartition partition : partitions) {
                OffsetAndTimestamp start = starts.get(partition);
                if (start == null) {
                    consumer.seekToEnd(List.of(partition));
                } else {
                    consumer.seek(partition, start.offset());
                }
            }
        }
        // The ends are those of now, not of the first fetch.
        partitions.forEach(consumer::position);
    }

    private void add(ConsumerRecords<String, byte[]> records, RunSigner signer, List<RunTransport.Result> results) {
        for (ConsumerRecord<String, byte[]> record : records) {
            decoder.decode(record).ifPresent(result -> results.add(result(result, signer.isSigned(result))));
        }
    }

    private static RunTransport.Result result(RunResult result, boolean signed) {
        Optional<Rejection> failure = result.ok()
                ? Optional.empty()
                : Optional.of(Rejection.of(
                        result.code().isEmpty() ? FailureCode.RUN_FAILED : FailureCode.ofName(result.code()),
                        result.message(),
                        "the run folder " + result.folder() + " holds the manifest of the failed run; dynoai requeue"
                                + " tries again"));
        return new RunTransport.Result(result.key(), result.attempt(), result.inputSha256(), failure, signed);
    }
}
