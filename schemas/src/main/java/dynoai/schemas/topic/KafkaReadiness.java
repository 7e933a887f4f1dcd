package dynoai.schemas.topic;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.stage.RetryLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * Whether every partition of the topics can be read and written: it has a leader that answers, and enough replicas in sync. A
 * broker that is left alone still answers from what it knew, so an answer to any request does not show this.
 */
public final class KafkaReadiness implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final long MAX_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Admin admin;
    private final List<String> topics;
    private final RetryLoop loop =
            RetryLoop.of("dynoai-readiness", INTERVAL, INTERVAL, running -> check(), this::isTransient);
    private final long started = System.nanoTime();
    private volatile State state = new State(started, "");

    private record State(long answered, String problem) {}

    private KafkaReadiness(KafkaClients clients) {
        this.admin = clients.admin(REQUEST_TIMEOUT);
        this.topics = List.copyOf(
                TopicLayout.ofEmbeddedBroker().settings(clients.namespace()).keySet());
    }

    /** Starts to check, every few seconds. */
    public static KafkaReadiness start(KafkaClients clients) {
        KafkaReadiness readiness = new KafkaReadiness(clients);
        readiness.loop.start();
        return readiness;
    }

    /** Returns why Kafka cannot be used; empty if it can. */
    public String notReadyReason() {
        State latest = state;
        long silence = System.nanoTime() - latest.answered();
        return silence > MAX_SILENCE_NANOS
                ? String.format(
                        Locale.ROOT,
                        "not every broker that leads a partition has answered for %d s",
                        TimeUnit.NANOSECONDS.toSeconds(silence))
                : latest.problem();
    }

    private void check() throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (TopicDescription topic : admin.describeTopics(topics)
                .allTopicNames()
                .get(REQUEST_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .values()) {
            for (TopicPartitionInfo partition : topic.partitions()) {
                String problem = problem(topic.name(), partition);
                if (!problem.isEmpty()) {
                    state = new State(System.nanoTime(), problem);
                    return;
                }
                ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
            }
        }
        admin.listOffsets(ends).all().get(REQUEST_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        state = new State(System.nanoTime(), "");
    }

    private static String problem(String topic, TopicPartitionInfo partition) {
        String name = "partition " + partition.partition() + " of " + topic;
        if (partition.leader() == null || partition.leader().isEmpty()) {
            return name + " has no leader";
        }
        int inSync = partition.isr().size();
        int minInSync = TopicLayout.minInSyncReplicas(partition.replicas().size());
        return inSync < minInSync ? name + " has " + inSync + " replicas in sync, " + minInSync + " are needed" : "";
    }

    /** A failure shows as silence. */
    private boolean isTransient(Throwable failure) {
        return failure instanceof Exception;
    }

    @Override
    public void close() {
        loop.requestStop();
        admin.close(Duration.ZERO);
    }
}
