package dynoai.schemas.topic;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.stage.RetryLoop;
import dynoai.schemas.stage.StageEvents;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Follows a topic, on a thread of its own. After a failure it starts again where it began, so that a deleted and recreated topic is
 * read as it is.
 */
public final class TopicFollower<T> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration MIN_DELAY = Duration.ofMillis(200);
    private static final Duration MAX_DELAY = Duration.ofSeconds(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);
    private static final long END_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final KafkaClients kafka;
    private final Topic<T> topic;
    private final Listener<T> listener;
    private final StageEvents events;
    private final Supplier<Optional<Instant>> since;
    private final RetryLoop loop;
    private final PublishedSchemas schemas;
    private volatile boolean caughtUp;
    private volatile long lastSeen;

    /** Takes the records of the topic, those of a partition in order, on the follower's thread. */
    public interface Listener<T> {
        /** The topic is read again from where reading begins. What was taken before counts until {@link #caughtUp}. */
        void restarted();

        /** @param value null if the record removes its key */
        void take(String key, @Nullable T value);

        /** All records that the topic had when reading began were taken; later ones follow as they come. */
        void caughtUp();
    }

    private TopicFollower(
            KafkaClients kafka,
            Topic<T> topic,
            Supplier<Optional<Instant>> since,
            Listener<T> listener,
            StageEvents events) {
        this.since = since;
        this.kafka = kafka;
        this.topic = topic;
        this.listener = listener;
        this.events = events;
        this.schemas = new PublishedSchemas(kafka);
        this.loop = RetryLoop.of("dynoai-follow-" + topic, MIN_DELAY, MAX_DELAY, this::follow, this::isTransient);
    }

    /** Starts to follow a topic from its beginning. */
    public static <T> TopicFollower<T> start(
            KafkaClients kafka, Topic<T> topic, Listener<T> listener, StageEvents events) {
        return started(new TopicFollower<>(kafka, topic, Optional::empty, listener, events));
    }

    /** @param since asked at each start of reading; earlier records are left out */
    public static <T> TopicFollower<T> startAt(
            KafkaClients kafka, Topic<T> topic, Supplier<Instant> since, Listener<T> listener, StageEvents events) {
        return started(new TopicFollower<>(kafka, topic, () -> Optional.of(since.get()), listener, events));
    }

    private static <T> TopicFollower<T> started(TopicFollower<T> follower) {
        follower.loop.start();
        return follower;
    }

    /** Whether the topic was read to its end, and Kafka was reached within the last seconds. */
    public boolean isCurrent() {
        return caughtUp && System.nanoTime() - lastSeen < MAX_AGE_NANOS;
    }

    private void follow(RetryLoop running) {
        RecordDecoder<T> decoder = topic.decoder(schemas);
        try (KafkaConsumer<String, byte[]> consumer = kafka.reader()) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            seek(consumer, partitions);
            Map<TopicPartition, Long> ends = ends(consumer, partitions);
            listener.restarted();
            boolean reported = false;
            while (!running.isStopping()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    take(record, decoder);
                }
                if (!reported && isAt(consumer, ends)) {
                    listener.caughtUp();
                    reported = true;
                    caughtUp = true;
                }
                if (System.nanoTime() - lastSeen > END_INTERVAL_NANOS) {
                    ends = ends(consumer, partitions);
                }
            }
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer) {
        String name = topic.in(kafka.namespace());
        List<PartitionInfo> known = consumer.partitionsFor(name);
        if (known.isEmpty()) {
            throw new UnknownTopicOrPartitionException("there is no topic " + name);
        }
        return known.stream()
                .map(partition -> new TopicPartition(name, partition.partition()))
                .toList();
    }

    private void seek(KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        Optional<Instant> from = since.get();
        if (from.isEmpty()) {
            consumer.seekToBeginning(partitions);
            return;
        }
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, from.get().toEpochMilli()));
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            if (found == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, found.offset());
            }
        });
    }

    private static boolean isAt(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Asks Kafka, which fails when no broker answers. */
    private Map<TopicPartition, Long> ends(KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        lastSeen = System.nanoTime();
        return ends;
    }

    private void take(ConsumerRecord<String, byte[]> record, RecordDecoder<T> decoder) {
        if (record.key() == null) {
            return;
        }
        try {
            listener.take(record.key(), record.value() == null ? null : decoder.decode(record.value()));
        } catch (UnreadableRecordException | UnknownSchemaException e) {
            events.warning(record.topic(), "skipped the record at offset " + record.offset() + ": " + e.getMessage());
        }
    }

    private boolean isTransient(Throwable failure) {
        caughtUp = false;
        if (failure instanceof KafkaException e) {
            events.transientFailure(topic.suffix(), e);
            return true;
        }
        events.failed(topic.suffix(), failure);
        return failure instanceof RuntimeException;
    }

    @Override
    public void close() {
        loop.stop(STOP_TIMEOUT);
        schemas.close();
    }
}
