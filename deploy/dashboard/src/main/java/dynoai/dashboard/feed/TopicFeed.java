package dynoai.dashboard.feed;

import dynoai.dashboard.board.Findings;
import dynoai.dashboard.board.RunBoard;
import dynoai.dashboard.board.RunLine;
import dynoai.dashboard.board.RunState;
import dynoai.dashboard.board.Trouble;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.record.RejectedLog;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.topic.PublishedSchemas;
import dynoai.schemas.topic.Topic;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnknownSchema;
import dynoai.schemas.wire.UnreadableRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Follows what the stages publish, in no group, and tells a board. The run log itself is left alone, since it carries every
 * row: that a run was sent is on the ledger, that it was folded on the topic of grids.
 */
public final class TopicFeed implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(300);
    private static final long AGAIN_SECONDS = 5;
    private static final List<Topic<?>> FOLLOWED =
            List.of(Topics.INGEST_LEDGER, Topics.RUN_GRIDS, Topics.RUN_RESULTS, Topics.REJECTED_LOGS);

    private final RunBoard board;
    private final Consumer<RunLine> ended;
    private final Map<String, Object> client;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Reader<?>> readers = new HashMap<>();
    private volatile String trouble = "connecting";

    private record Reader<T>(RecordDecoder<T> decoder, Consumer<T> tell) {
        void read(byte[] bytes) throws UnreadableRecord {
            tell.accept(decoder.decode(bytes));
        }
    }

    private TopicFeed(Map<String, Object> client, RunBoard board, Consumer<RunLine> ended) {
        this.client = client;
        this.board = board;
        this.ended = ended;
        PublishedSchemas schemas = new PublishedSchemas(client);
        readers.put(Topics.INGEST_LEDGER.name(), new Reader<>(Topics.INGEST_LEDGER.decoder(schemas), this::sent));
        readers.put(Topics.RUN_GRIDS.name(), new Reader<>(Topics.RUN_GRIDS.decoder(schemas), this::folded));
        readers.put(Topics.RUN_RESULTS.name(), new Reader<>(Topics.RUN_RESULTS.decoder(schemas), this::published));
        readers.put(Topics.REJECTED_LOGS.name(), new Reader<>(Topics.REJECTED_LOGS.decoder(schemas), this::rejected));
    }

    /**
     * @param client connection settings: bootstrap servers, security
     * @param ended is told of each run that ended
     */
    public static TopicFeed start(Map<String, Object> client, RunBoard board, Consumer<RunLine> ended) {
        TopicFeed feed = new TopicFeed(client, board, ended);
        Thread thread = new Thread(feed::follow, "dynoai-feed");
        thread.setDaemon(true);
        thread.start();
        return feed;
    }

    /** Why nothing new comes; empty when all is well. */
    public String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        closing.countDown();
    }

    private void follow() {
        try {
            do {
                try (KafkaConsumer<String, byte[]> consumer = consumer()) {
                    connected(consumer);
                } catch (KafkaException | UnknownSchema failed) {
                    trouble = String.valueOf(failed.getMessage());
                }
            } while (!closing.await(AGAIN_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void connected(KafkaConsumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic<?> topic : FOLLOWED) {
            for (PartitionInfo info : consumer.partitionsFor(topic.name())) {
                partitions.add(new TopicPartition(info.topic(), info.partition()));
            }
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        trouble = "";
        while (closing.getCount() > 0) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (record.value() != null) {
                    read(record);
                }
            }
        }
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        @Nullable Reader<?> reader = readers.get(record.topic());
        try {
            if (reader != null) {
                reader.read(record.value());
            }
        } catch (UnreadableRecord hostile) {
            trouble = "a record of " + record.topic() + " cannot be read: " + hostile.getMessage();
        }
    }

    private void sent(LedgerEntry entry) {
        if (entry instanceof LedgerEntry.Run run) {
            board.put(RunLine.begun(
                    run.shop(), "", run.runId(), run.fileName(), RunState.FOLDING, run.ingestedAtMillis()));
        }
    }

    private void folded(RunOutcome outcome) {
        board.put(RunLine.begun(outcome.key().shop(), "", outcome.key().runId(), "", RunState.WRITING, 0));
    }

    private void published(RunResult result) {
        RunLine line = ResultLine.of(result);
        board.put(line);
        ended.accept(line);
    }

    private void rejected(RejectedLog log) {
        board.put(new RunLine(
                log.shop(),
                log.cell(),
                log.sha256().isEmpty() ? log.originalPath() : log.sha256(),
                log.originalPath(),
                log.sha256(),
                RunState.REJECTED,
                log.rejectedAtMillis(),
                log.rejectedAtMillis(),
                Findings.NONE,
                new Trouble(log.code(), log.line(), log.column(), log.message(), log.hint())));
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
