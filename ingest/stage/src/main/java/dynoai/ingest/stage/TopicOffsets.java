package dynoai.ingest.stage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Reads the committed offsets of groups, at most once a second, and the ends of partitions. */
final class TopicOffsets implements SentRunLocator.Offsets {
    private static final long TIMEOUT_SECONDS = 10;
    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Admin admin;
    private final Map<String, Read> reads = new HashMap<>();

    private record Read(Map<TopicPartition, OffsetAndMetadata> offsets, long atNanos) {}

    TopicOffsets(Admin admin) {
        this.admin = admin;
    }

    String topicId(String topic) {
        return await(Objects.requireNonNull(
                        admin.describeTopics(List.of(topic)).topicNameValues().get(topic), topic))
                .topicId()
                .toString();
    }

    String clusterId() {
        return await(admin.describeCluster().clusterId());
    }

    @Override
    public long committed(String group, TopicPartition partition) {
        Read read = reads.get(group);
        if (read == null || System.nanoTime() - read.atNanos() > MAX_AGE_NANOS) {
            long now = System.nanoTime();
            read = new Read(await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(group)), now);
            reads.put(group, read);
        }
        OffsetAndMetadata offset = read.offsets().get(partition);
        return offset == null ? 0 : offset.offset();
    }

    @Override
    public long written(TopicPartition partition) {
        return await(admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition))
                .offset();
    }

    private static <T> T await(KafkaFuture<T> reply) {
        try {
            return reply.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("no reply from Kafka within " + TIMEOUT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
