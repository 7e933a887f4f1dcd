package dynoai.catalogue.feed;

import dynoai.catalogue.Catalogue;
import dynoai.catalogue.Catalogue.TopicPosition;
import dynoai.catalogue.CatalogueEntry;
import dynoai.catalogue.CatalogueException;
import dynoai.catalogue.run.ResultLine;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.shelf.RunFolders;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.stage.RetryLoop;
import dynoai.schemas.topic.PublishedSchemas;
import dynoai.schemas.topic.Topic;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.UnreadableRecordException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Writes run results and rejected logs to a catalogue, with how far they are read in the same transaction. It has no consumer group, and
 * reads what is new since the catalogue was written last.
 */
public final class CatalogueFeed implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(300);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration RECONNECT_DELAY = Duration.ofSeconds(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Catalogue catalogue;
    private final RunFolders folders;
    private final Listener listener;
    private final KafkaClients clients;
    private final PublishedSchemas schemas;
    private final RecordDecoder<RunResult> results;
    private final RetryLoop loop =
            RetryLoop.of("dynoai-catalogue", RECONNECT_DELAY, RECONNECT_DELAY, this::follow, this::isTransient);
    private volatile String degraded = "connecting to Kafka";
    private String unreadable = "";

    /** Receives what was written. */
    public interface Listener {
        void written(List<RunLine> runs) throws CatalogueException;

        /** @param result was written for the first time by this process */
        void ended(RunResult result);
    }

    /** The partitions that are read, and the topic of each. */
    private record Assignment(Map<TopicPartition, TopicPosition> positions) {}

    private CatalogueFeed(KafkaClients clients, Catalogue catalogue, RunFolders folders, Listener listener) {
        this.catalogue = catalogue;
        this.folders = folders;
        this.listener = listener;
        this.clients = clients;
        this.schemas = new PublishedSchemas(clients);
        this.results = Topics.RUN_RESULTS.decoder(schemas);
    }

    /**
     * @param folders where the run folders are, if this process can read them; they have more than a result
     */
    public static CatalogueFeed start(
            KafkaClients clients, Catalogue catalogue, RunFolders folders, Listener listener) {
        CatalogueFeed feed = new CatalogueFeed(clients, catalogue, folders, listener);
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
        degraded = failure instanceof CatalogueException
                ? String.valueOf(failure.getMessage())
                : "Kafka is unavailable: " + failure.getMessage();
        return failure instanceof KafkaException
                || failure instanceof IOException
                || failure instanceof UnknownSchemaException
                || failure instanceof ExecutionException
                || failure instanceof java.util.concurrent.TimeoutException;
    }

    private void follow(RetryLoop retry) throws Exception {
        Assignment assignment = assignment();
        if (assignment.positions.isEmpty()) {
            degraded = "Kafka has no topics of DynoAI yet";
            return;
        }
        try (KafkaConsumer<String, byte[]> consumer = clients.reader()) {
            long generation = catalogue.generation();
            seek(consumer, assignment);
            degraded = "";
            long checked = System.nanoTime();
            while (!retry.isStopping() && generation == catalogue.generation()) {
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    write(records, consumer, assignment);
                }
                if (System.nanoTime() - checked > CHECK_NANOS) {
                    degraded = isReachable(consumer) ? unreadable : "Kafka does not answer";
                    checked = System.nanoTime();
                }
            }
        }
    }

    /** A topic that was made again has another id, so it is read from the start. */
    private Assignment assignment() throws Exception {
        Map<TopicPartition, TopicPosition> positions = new HashMap<>();
        try (Admin admin = clients.admin(REQUEST_TIMEOUT)) {
            List<String> existing =
                    List.copyOf(admin.listTopics().names().get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
            List<String> wanted = List.of(Topics.RUN_RESULTS, Topics.REJECTED_LOGS).stream()
                    .map(this::name)
                    .filter(existing::contains)
                    .toList();
            Map<String, TopicDescription> topics =
                    admin.describeTopics(wanted).allTopicNames().get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            topics.forEach((name, topic) -> topic.partitions()
                    .forEach(partition -> positions.put(
                            new TopicPartition(name, partition.partition()),
                            new TopicPosition(topic.topicId().toString(), partition.partition()))));
        }
        return new Assignment(positions);
    }

    private String name(Topic<?> topic) {
        return topic.in(clients.namespace());
    }

    private void seek(KafkaConsumer<String, byte[]> consumer, Assignment assignment) throws CatalogueException {
        consumer.assign(assignment.positions.keySet());
        Map<TopicPosition, Long> next = catalogue.nextOffsets();
        assignment.positions.forEach((partition, position) -> {
            @Nullable Long offset = next.get(position);
            if (offset == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, offset);
            }
        });
    }

    private void write(
            ConsumerRecords<String, byte[]> records, KafkaConsumer<String, byte[]> consumer, Assignment assignment)
            throws CatalogueException, UnknownSchemaException {
        List<CatalogueEntry> entries = new ArrayList<>();
        List<RunResult> ended = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.value() != null) {
                read(record, entries, ended);
            }
        }
        Map<TopicPosition, Long> next = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            @Nullable TopicPosition position = assignment.positions.get(partition);
            if (position != null) {
                next.put(position, consumer.position(partition));
            }
        }
        catalogue.put(entries, next);
        listener.written(entries.stream().map(CatalogueEntry::line).toList());
        ended.forEach(listener::ended);
    }

    private void read(ConsumerRecord<String, byte[]> record, List<CatalogueEntry> entries, List<RunResult> ended)
            throws UnknownSchemaException {
        try {
            if (record.topic().equals(name(Topics.RUN_RESULTS))) {
                RunResult result = results.decode(record.value());
                entries.add(
                        folders.entry(result.key()).orElseGet(() -> CatalogueEntry.reported(ResultLine.of(result))));
                ended.add(result);
            } else {
                entries.add(CatalogueEntry.reported(
                        ResultLine.of(Topics.REJECTED_LOGS.decoder(schemas).decode(record.value()))));
            }
        } catch (UnreadableRecordException e) {
            unreadable = "a record of " + record.topic() + " is unreadable: " + e.getMessage();
            degraded = unreadable;
        }
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
}
