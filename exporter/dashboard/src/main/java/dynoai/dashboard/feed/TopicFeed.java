package dynoai.dashboard.feed;

import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import dynoai.dashboard.board.RunBoard;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.stage.RetryLoop;
import dynoai.schemas.topic.PublishedSchemas;
import dynoai.schemas.topic.Topic;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.UnreadableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Puts the runs in flight of other processes on a board, without a consumer group. It does not read the run log, which carries every
 * row: the ledger has the sent runs, the topic of grids the folded ones. Runs that ended come from the catalogue.
 */
public final class TopicFeed implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(300);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration RECONNECT_DELAY = Duration.ofSeconds(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final RunBoard board;
    private final KafkaClients clients;
    private final PublishedSchemas schemas;
    private final RetryLoop loop =
            RetryLoop.of("dynoai-feed", RECONNECT_DELAY, RECONNECT_DELAY, this::follow, this::isTransient);
    private final Map<String, Reader<?>> readers = new HashMap<>();
    private volatile String degraded = "connecting to Kafka";
    private String unreadable = "";

    private record Reader<T>(RecordDecoder<T> decoder, Consumer<T> target) {
        void read(byte[] bytes) throws UnreadableRecordException {
            target.accept(decoder.decode(bytes));
        }
    }

    private TopicFeed(KafkaClients clients, RunBoard board) {
        this.clients = clients;
        this.board = board;
        this.schemas = new PublishedSchemas(clients);
        follow(Topics.INGEST_LEDGER, this::sent);
        follow(Topics.RUN_GRIDS, this::folded);
    }

    private <T> void follow(Topic<T> topic, Consumer<T> target) {
        readers.put(topic.in(clients.namespace()), new Reader<>(topic.decoder(schemas), target));
    }

    public static TopicFeed start(KafkaClients clients, RunBoard board) {
        TopicFeed feed = new TopicFeed(clients, board);
        feed.loop.start();
        return feed;
    }

    /** Returns why runs may be missing or late; empty if they are not. */
    public String degraded() {
        return degraded;
    }

    @Override
    public void close() {
        loop.stop(STOP_TIMEOUT);
        schemas.close();
    }

    private boolean isTransient(Throwable failure) {
        degraded = "Kafka is unavailable: " + failure.getMessage();
        return failure instanceof KafkaException;
    }

    private void follow(RetryLoop retry) {
        try (KafkaConsumer<String, byte[]> consumer = clients.reader()) {
            follow(consumer, retry);
        }
    }

    private void follow(KafkaConsumer<String, byte[]> consumer, RetryLoop retry) {
        Map<String, List<PartitionInfo>> known = consumer.listTopics(REQUEST_TIMEOUT);
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : readers.keySet()) {
            for (PartitionInfo info : known.getOrDefault(topic, List.of())) {
                partitions.add(new TopicPartition(info.topic(), info.partition()));
            }
        }
        if (partitions.isEmpty()) {
            degraded = "Kafka has no topics of DynoAI yet";
            return;
        }
        consumer.assign(partitions);
        seek(consumer, partitions);
        degraded = "";
        long checked = System.nanoTime();
        while (!retry.isStopping()) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (record.value() != null) {
                    read(record);
                }
            }
            if (System.nanoTime() - checked > CHECK_NANOS) {
                degraded = isReachable(consumer) ? unreadable : "Kafka does not answer";
                checked = System.nanoTime();
            }
        }
    }

    /** A run that was sent longer ago than the run log is kept is no longer in flight. */
    private static void seek(KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        long since = System.currentTimeMillis() - Topics.RUN_LOG.retention().toMillis();
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, since));
        consumer.offsetsForTimes(times, REQUEST_TIMEOUT).forEach((partition, found) -> {
            if (found == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, found.offset());
            }
        });
    }

    /** A poll without records does not show whether the broker answers. */
    private static boolean isReachable(KafkaConsumer<String, byte[]> consumer) {
        try {
            consumer.listTopics(REQUEST_TIMEOUT);
            return true;
        } catch (TimeoutException timeout) {
            return false;
        }
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        @Nullable Reader<?> reader = readers.get(record.topic());
        try {
            if (reader != null) {
                reader.read(record.value());
            }
        } catch (UnreadableRecordException | UnknownSchemaException e) {
            unreadable = "a record of " + record.topic() + " is unreadable: " + e.getMessage();
            degraded = unreadable;
        }
    }

    private void sent(LedgerEntry entry) {
        if (entry instanceof LedgerEntry.Run run) {
            board.put(RunLine.started(
                    run.shop(), "", run.runId(), run.fileName(), RunState.FOLDING, run.ingestedAtMillis()));
        }
    }

    private void folded(RunOutcome outcome) {
        board.put(RunLine.started(outcome.key().shop(), "", outcome.key().runId(), "", RunState.WRITING, 0));
    }
}
