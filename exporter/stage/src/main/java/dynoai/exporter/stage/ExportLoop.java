package dynoai.exporter.stage;

import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * The exporter's loop for one pair of Kafka clients: polls analysis outcomes, and commits the results of finished runs with the
 * offsets in one transaction, without waiting for other runs. Any failure ends the loop; the next one starts at the last commit.
 */
final class ExportLoop implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final Consumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;
    private final Namespace namespace;
    private final OutcomeDelivery delivery;
    private final DeliveryQueue queue;
    private final ExporterEvents events;
    private final Map<TopicPartition, PartitionProgress> assigned = new HashMap<>();
    private final Set<TopicPartition> advanced = new HashSet<>();
    private final List<DeliveryQueue.Work> finished = new ArrayList<>();
    private String pauseReason = "";

    /** Takes over the clients; closing the loop closes them. The queue remains. */
    ExportLoop(
            Consumer<String, byte[]> consumer,
            Producer<String, byte[]> producer,
            Namespace namespace,
            OutcomeDelivery delivery,
            DeliveryQueue queue,
            ExporterEvents events) {
        this.consumer = consumer;
        this.producer = producer;
        this.namespace = namespace;
        this.delivery = delivery;
        this.queue = queue;
        this.events = events;
    }

    void begin() {
        producer.initTransactions();
        consumer.subscribe(List.of(Topics.RUN_GRIDS.in(namespace)), new Rebalances());
    }

    /** Whether the group has assigned partitions to this instance. */
    boolean isAssigned() {
        return !consumer.assignment().isEmpty();
    }

    /** Why runs are not written now; empty while they are. */
    String pauseReason() {
        return pauseReason;
    }

    /** Whether every outcome up to the end of the topic is exported. */
    boolean isCaughtUp() {
        return queue.isEmpty()
                && consumer.assignment().stream()
                        .allMatch(partition -> consumer.currentLag(partition).orElse(1) == 0);
    }

    /** Polls, and publishes what has been exported meanwhile. Returns the number of published runs. */
    int runOnce() {
        for (ConsumerRecord<String, byte[]> record : poll()) {
            begin(record);
        }
        takeFinished();
        limitPolling();
        return publish();
    }

    /** Publishes the runs that are exported within the given time; the others are exported after the next start. */
    void finish(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        takeFinished();
        while (queue.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
            takeFinished();
        }
        publish();
    }

    private ConsumerRecords<String, byte[]> poll() {
        try {
            return consumer.poll(queue.untilRetry(POLL));
        } catch (WakeupException ignored) {
            return ConsumerRecords.empty(); // a run is exported
        }
    }

    private void begin(ConsumerRecord<String, byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        PartitionProgress progress = assigned.computeIfAbsent(partition, this::committed);
        if (!progress.begin(record.offset())) {
            advanced.add(partition);
        } else if (record.key() == null || !RunKey.isKey(record.key())) {
            events.recordSkipped(record.partition(), record.offset(), "its key is not a run key");
            progress.finish(record.offset());
            advanced.add(partition);
        } else {
            queue.add(record, delivery, consumer::wakeup);
        }
    }

    private PartitionProgress committed(TopicPartition partition) {
        while (true) {
            try {
                return new PartitionProgress(
                        consumer.committed(Set.of(partition)).get(partition));
            } catch (WakeupException ignored) {
                // A run is exported; it is published after this.
            }
        }
    }

    private void takeFinished() {
        for (DeliveryQueue.Work work : queue.takeDelivered()) {
            TopicPartition partition = work.partition();
            Optional.ofNullable(assigned.get(partition))
                    .ifPresent(progress -> progress.finish(work.record().offset()));
            advanced.add(partition);
            finished.add(work);
        }
        String failure = queue.failure();
        if (pauseReason.isEmpty() != failure.isEmpty()) {
            events.paused(failure);
        }
        pauseReason = failure;
    }

    /** The consumer is polled while runs take long, so that it stays within max.poll.interval.ms. */
    private void limitPolling() {
        boolean full = queue.isFull();
        for (TopicPartition partition : consumer.assignment()) {
            if (full || isFarAhead(partition)) {
                consumer.pause(Set.of(partition));
            } else {
                consumer.resume(Set.of(partition));
            }
        }
    }

    private boolean isFarAhead(TopicPartition partition) {
        PartitionProgress progress = assigned.get(partition);
        return progress != null && progress.isFarAhead();
    }

    private int publish() {
        if (advanced.isEmpty()) {
            return 0;
        }
        CrashPoint.EXPORTER_BEFORE_COMMIT.reached();
        long began = System.nanoTime();
        List<RunResult> results = finished.stream()
                .flatMap(work -> work.delivered().result().stream())
                .toList();
        try {
            commit(results);
        } catch (CommitFailedException e) {
            // A rebalance has begun. The next poll joins it; what this instance keeps is then committed.
            producer.abortTransaction();
            return 0;
        }
        advanced.clear();
        finished.clear();
        events.transactionCommitted(results.size(), System.nanoTime() - began);
        CrashPoint.EXPORTER_AFTER_COMMIT.reached();
        results.forEach(events::runPublished);
        return results.size();
    }

    /** Send errors surface in commitTransaction(). */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void commit(List<RunResult> results) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : advanced) {
            PartitionProgress progress = assigned.get(partition);
            if (progress != null) {
                offsets.put(partition, progress.toCommit(consumer.position(partition)));
            }
        }
        producer.beginTransaction();
        for (RunResult result : results) {
            producer.send(new ProducerRecord<>(
                    Topics.RUN_RESULTS.in(namespace),
                    result.key().toString(),
                    Topics.RUN_RESULTS.format().encode(result)));
        }
        for (DeliveryQueue.Work work : finished) {
            work.delivered().deadLetter().ifPresent(letter -> producer.send(letter.letter(namespace)));
        }
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
    }

    /** Drops the work of partitions that go to another exporter, so that their offsets are not committed here. */
    private final class Rebalances implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // Their progress is read with their first record.
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            takeFinished();
            publish();
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            queue.drop(partitions::contains);
            partitions.forEach(assigned::remove);
            advanced.removeAll(partitions);
            finished.removeIf(work -> partitions.contains(work.partition()));
        }
    }

    @Override
    public void close() {
        queue.drop(partition -> true);
        producer.close(CLOSE_TIMEOUT);
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
}
