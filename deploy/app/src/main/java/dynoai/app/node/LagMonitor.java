package dynoai.app.node;

import dynoai.schemas.topic.Groups;
import dynoai.schemas.topic.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kafka now and then how far the analyzer and the exporter are behind. Counted in offsets, of which a transaction's own
 * markers take some, so a few are left even when nothing is to do.
 */
final class LagMonitor implements AutoCloseable {
    private static final long EVERY_SECONDS = 5;

    private final Admin admin;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Group> groups = new ArrayList<>();
    private final AtomicLong reachable = new AtomicLong();

    private record Group(String name, String topic, AtomicLong lag) {}

    private LagMonitor(Admin admin, MeterRegistry registry) {
        this.admin = admin;
        groups.add(new Group(Groups.ANALYZER, Topics.RUN_LOG.name(), new AtomicLong()));
        groups.add(new Group(Groups.EXPORTER, Topics.RUN_GRIDS.name(), new AtomicLong()));
        for (Group group : groups) {
            Gauge.builder("dynoai.node.lag.records", group.lag(), AtomicLong::get)
                    .description("Offsets that a stage has not committed yet")
                    .tag("group", group.name())
                    .register(registry);
        }
        Gauge.builder("dynoai.node.broker.reachable", reachable, AtomicLong::get)
                .description("1 when Kafka answered the last time it was asked")
                .register(registry);
    }

    static LagMonitor start(Map<String, Object> client, MeterRegistry registry) {
        LagMonitor watch = new LagMonitor(Admin.create(client), registry);
        Thread thread = new Thread(watch::run, "dynoai-lag");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    private void run() {
        try {
            do {
                ask();
            } while (!closing.await(EVERY_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() throws InterruptedException {
        try {
            for (Group group : groups) {
                group.lag().set(lag(group.name(), group.topic()));
            }
            reachable.set(1);
        } catch (ExecutionException | RuntimeException unreachable) {
            reachable.set(0);
        }
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
        closing.countDown();
        admin.close(Duration.ofMillis(500));
    }
}
