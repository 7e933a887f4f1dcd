package dynoai.ingest.stage;

import dynoai.ingest.folder.Claim;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.topic.Groups;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.UnreadableRecordException;
import dynoai.schemas.wire.WriterSchemas;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds a sent run again: on the run log before the analyzer came to it, or among the outcomes before the exporter did. A
 * run that is at neither place will never have a result, since Kafka lost it, and is sent again.
 */
final class SentRunLocator implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long ANSWER_SECONDS = 10;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Admin admin;
    private final KafkaConsumer<String, byte[]> reader;
    private final RecordDecoder<RunLogRecord> decoder;
    private final String topicId;
    private Map<TopicPartition, OffsetAndMetadata> analyzed = Map.of();
    private Map<TopicPartition, OffsetAndMetadata> exported = Map.of();
    private long askedAt;
    private boolean asked;

    SentRunLocator(Clients clients, WriterSchemas schemas) {
        this.admin = clients.admin();
        this.reader = clients.consumer("read_committed");
        this.decoder = Topics.RUN_LOG.decoder(schemas);
        String name = Topics.RUN_LOG.name();
        this.topicId = await(() -> Objects.requireNonNull(
                        admin.describeTopics(List.of(name))
                                .allTopicNames()
                                .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                                .get(name),
                        name)
                .topicId()
                .toString());
    }

    /** What must be kept to find a run again: the topic, which a deletion of Kafka's data changes, and its last record. */
    String receipt(RecordMetadata ended) {
        return topicId + ' ' + ended.partition() + ' ' + ended.offset();
    }

    boolean isUnderway(Claim claim, String receipt) {
        String[] parts = receipt.split(" ");
        if (parts.length != 3 || !parts[0].equals(topicId)) {
            return false;
        }
        int partition = Integer.parseInt(parts[1]);
        long offset = Long.parseLong(parts[2]);
        TopicPartition onLog = new TopicPartition(Topics.RUN_LOG.name(), partition);
        if (!isStillThere(onLog, offset, claim)) {
            return false;
        }
        askForOffsets();
        return positionOf(analyzed, onLog) <= offset || awaitsExport(partition, claim);
    }

    private boolean isStillThere(TopicPartition partition, long offset, Claim claim) {
        if (endOf(partition) <= offset) {
            return false;
        }
        reader.assign(List.of(partition));
        reader.seek(partition, offset);
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (reader.position(partition) <= offset) {
            for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                return record.offset() == offset && isEndOf(record, claim);
            }
            if (System.nanoTime() > until) {
                // Another writer's open transaction hides it: it is asked for again later.
                return true;
            }
        }
        return false;
    }

    private boolean isEndOf(ConsumerRecord<String, byte[]> record, Claim claim) {
        try {
            return keyOf(claim).equals(record.key())
                    && record.value() != null
                    && decoder.decode(record.value()) instanceof RunLogRecord.Ended ended
                    && ended.attempt() == claim.attempt();
        } catch (UnreadableRecordException other) {
            return false;
        } catch (UnknownSchemaException unknown) {
            throw new KafkaException(unknown.getMessage(), unknown);
        }
    }

    private boolean awaitsExport(int partition, Claim claim) {
        TopicPartition outcomes = new TopicPartition(Topics.RUN_GRIDS.name(), partition);
        long end = endOf(outcomes);
        long from = positionOf(exported, outcomes);
        if (from >= end) {
            return false;
        }
        reader.assign(List.of(outcomes));
        if (from == 0) {
            reader.seekToBeginning(List.of(outcomes));
        } else {
            reader.seek(outcomes, from);
        }
        String key = keyOf(claim);
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (reader.position(outcomes) < end) {
            if (System.nanoTime() > until) {
                return true;
            }
            for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                if (key.equals(record.key())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String keyOf(Claim claim) {
        return new RunKey(claim.shop(), claim.runId()).toString();
    }

    private long endOf(TopicPartition partition) {
        return reader.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    private static long positionOf(Map<TopicPartition, OffsetAndMetadata> group, TopicPartition partition) {
        OffsetAndMetadata committed = group.get(partition);
        return committed == null ? 0 : committed.offset();
    }

    private void askForOffsets() {
        long now = System.nanoTime();
        if (!asked || now - askedAt > FRESH_NANOS) {
            analyzed = offsetsOf(Groups.ANALYZER);
            exported = offsetsOf(Groups.EXPORTER);
            askedAt = now;
            asked = true;
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> offsetsOf(String group) {
        return await(() -> admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata(group)
                .get(ANSWER_SECONDS, TimeUnit.SECONDS));
    }

    private interface Question<T> {
        T ask() throws ExecutionException, TimeoutException, InterruptedException;
    }

    private static <T> T await(Question<T> question) {
        try {
            return question.ask();
        } catch (ExecutionException failed) {
            throw new KafkaException(failed.getCause());
        } catch (TimeoutException late) {
            throw new KafkaException("no answer from Kafka within " + ANSWER_SECONDS + " s", late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new org.apache.kafka.common.errors.InterruptException(stopped);
        }
    }

    @Override
    public void close() {
        reader.close();
        admin.close(Duration.ofSeconds(1));
    }
}
