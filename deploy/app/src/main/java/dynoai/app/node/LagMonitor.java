package dynoai.app.node;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.stage.RetryLoop;
import dynoai.schemas.topic.Groups;
import dynoai.schemas.topic.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Measures the lag of the analyzer's and the exporter's consumer groups. Counted in offsets; transaction markers take offsets
 * too, so an idle group has a small lag.
 */
final class LagMonitor implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

    private final Admin admin;
    private final RetryLoop loop =
            RetryLoop.of("dynoai-lag", INTERVAL, INTERVAL, running -> measure(), this::unreachable);
    private final List<Group> groups = new ArrayList<>();
    private final AtomicLong reachable = new AtomicLong();

    private record Group(String name, String topic, AtomicLong lag) {}

    private LagMonitor(KafkaClients clients, MeterRegistry registry) {
        this.admin = clients.admin();
        Namespace namespace = clients.namespace();
        groups.add(new Group(Groups.analyzer(namespace), Topics.RUN_LOG.in(namespace), new AtomicLong()));
        groups.add(new Group(Groups.exporter(namespace), Topics.RUN_GRIDS.in(namespace), new AtomicLong()));
        for (Group group : groups) {
            Gauge.builder("dynoai.node.lag.records", group.lag(), AtomicLong::get)
                    .description("Offsets that a stage has not committed yet")
                    .tag("group", group.name())
                    .register(registry);
        }
        Gauge.builder("dynoai.node.broker.reachable", reachable, AtomicLong::get)
                .description("1 if the last request to Kafka succeeded")
                .register(registry);
    }

    static LagMonitor start(KafkaClients clients, MeterRegistry registry) {
        LagMonitor monitor = new LagMonitor(clients, registry);
        monitor.loop.start();
        return monitor;
    }

    private void measure() throws ExecutionException, InterruptedException {
        for (Group group : groups) {
            group.lag().set(lag(group.name(), group.topic()));
        }
        reachable.set(1);
    }

    private boolean unreachable(Throwable failure) {
        reachable.set(0);
        return failure instanceof Exception;
    }

    private long lag(String group, String topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (TopicDescription described :
                admin.describeTopics(List.of(topic)).allTopicNames().get().values()) {
            described
                    .partitions()
                    .forEach(info -> ends.put(new TopicPartition(topic, info.partition()), OffsetSpec.latest()));
        }
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        long lag = 0;
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
                admin.listOffsets(ends).all().get().entrySet()) {
            @Nullable OffsetAndMetadata done = committed.get(end.getKey());
            lag += Math.max(0, end.getValue().offset() - (done == null ? 0 : done.offset()));
        }
        return lag;
    }

    @Override
    public void close() {
        loop.requestStop();
        admin.close(CLOSE_TIMEOUT);
    }
}
