package dynoai.schemas.topic;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.stage.RetryLoop;
import dynoai.schemas.stage.StageEvents;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.UnreadableRecordException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Follows a topic of one partition from its beginning, on a thread of its own. After a failure it starts from the beginning
 * again, so that a deleted and recreated topic is read as it is.
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
    private final RetryLoop loop;
    private final PublishedSchemas schemas;
    private volatile boolean caughtUp;
    private volatile long lastSeen;

    /** Takes the records of the topic, in order, on the follower's thread. */
    public interface Listener<T> {
        /** The topic is read from its beginning. What was taken before counts until {@link #caughtUp}. */
        void restarted();

        /** @param value null if the record removes its key */
        void take(String key, @Nullable T value);

        /** All records that the topic had when reading began were taken; later ones follow as they come. */
        void caughtUp();
    }

    private TopicFollower(KafkaClients kafka, Topic<T> topic, Listener<T> listener, StageEvents events) {
        this.kafka = kafka;
        this.topic = topic;
        this.listener = listener;
        this.events = events;
        this.schemas = new PublishedSchemas(kafka);
        this.loop = RetryLoop.of("dynoai-follow-" + topic, MIN_DELAY, MAX_DELAY, this::follow, this::isTransient);
    }

    /** Starts to follow a topic. */
    public static <T> TopicFollower<T> start(
            KafkaClients kafka, Topic<T> topic, Listener<T> listener, StageEvents events) {
        TopicFollower<T> follower = new TopicFollower<>(kafka, topic, listener, events);
        follower.loop.start();
        return follower;
    }

    /** Whether the topic was read to its end, and Kafka was reached within the last seconds. */
    public boolean isCurrent() {
        return caughtUp && System.nanoTime() - lastSeen < MAX_AGE_NANOS;
    }

    private void follow(RetryLoop running) {
        TopicPartition partition = new TopicPartition(topic.in(kafka.namespace()), 0);
        RecordDecoder<T> decoder = topic.decoder(schemas);
        try (KafkaConsumer<String, byte[]> consumer = kafka.reader()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = end(consumer, partition);
            listener.restarted();
            boolean reported = false;
            while (!running.isStopping()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    take(record, decoder);
                }
                if (!reported && consumer.position(partition) >= end) {
                    listener.caughtUp();
                    reported = true;
                    caughtUp = true;
                }
                if (System.nanoTime() - lastSeen > END_INTERVAL_NANOS) {
                    end = end(consumer, partition);
                }
            }
        }
    }

    /** Asks Kafka, which fails when no broker answers. */
    private long end(KafkaConsumer<String, byte[]> consumer, TopicPartition partition) {
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        lastSeen = System.nanoTime();
        return end;
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
