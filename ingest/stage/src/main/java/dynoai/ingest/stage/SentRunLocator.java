package dynoai.ingest.stage;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.topic.Groups;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.WriterSchemas;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds a sent run again: on the run log before the analyzer has read it, or among the analysis outcomes before the exporter
 * has. A run in neither place was lost by Kafka and will never have a result.
 */
final class SentRunLocator {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long MAX_SEARCH_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final Pattern SHORT_NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern LONG_NUMBER = Pattern.compile("\\d{1,18}");

    private final Consumer<String, byte[]> consumer;
    private final Namespace namespace;
    private final SkippingDecoder<RunLogRecord> decoder;
    private final GroupOffsets offsets;
    private final String topicId;

    /** The committed offsets of the analyzer and the exporter. */
    interface GroupOffsets {
        /** Returns the committed offset of a group, or 0 when it has none. */
        long committed(String group, TopicPartition partition);
    }

    /**
     * @param consumer reads committed records
     * @param topicId id of the run log, which changes when the data of Kafka is deleted
     */
    SentRunLocator(
            Consumer<String, byte[]> consumer,
            Namespace namespace,
            WriterSchemas schemas,
            GroupOffsets offsets,
            String topicId) {
        this.consumer = consumer;
        this.namespace = namespace;
        this.decoder = new SkippingDecoder<>(Topics.RUN_LOG.decoder(schemas), IngestEvents.NONE, letter -> {});
        this.offsets = offsets;
        this.topicId = topicId;
    }

    /** Returns what finds a run again: the topic and the position of the run's last record. */
    String receipt(RecordMetadata end) {
        return topicId + ' ' + end.partition() + ' ' + end.offset();
    }

    /** Whether a sent run can still have a result. */
    boolean isInFlight(Claim claim, String receipt) {
        String[] parts = receipt.split(" ");
        if (parts.length != 3
                || !parts[0].equals(topicId)
                || !SHORT_NUMBER.matcher(parts[1]).matches()
                || !LONG_NUMBER.matcher(parts[2]).matches()) {
            return false;
        }
        int partition = Integer.parseInt(parts[1]);
        long offset = Long.parseLong(parts[2]);
        TopicPartition runLog = new TopicPartition(Topics.RUN_LOG.in(namespace), partition);
        return isOnRunLog(runLog, offset, claim)
                && (offsets.committed(Groups.analyzer(namespace), runLog) <= offset || awaitsExport(claim));
    }

    private boolean isOnRunLog(TopicPartition partition, long offset, Claim claim) {
        if (endOf(partition) <= offset) {
            return false;
        }
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        long deadline = System.nanoTime() + MAX_SEARCH_NANOS;
        while (consumer.position(partition) <= offset) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                return record.offset() == offset && isEndOf(record, claim);
            }
            if (System.nanoTime() > deadline) {
                // Another writer's open transaction may hide the record: look again later.
                return true;
            }
        }
        return false;
    }

    private boolean isEndOf(ConsumerRecord<String, byte[]> record, Claim claim) {
        return keyOf(claim).equals(record.key())
                && decoder.decode(record).orElse(null) instanceof RunLogRecord.Ended ended
                && ended.attempt() == claim.attempt();
    }

    private boolean awaitsExport(Claim claim) {
        String key = keyOf(claim);
        String topic = Topics.RUN_GRIDS.in(namespace);
        int partitions = consumer.partitionsFor(topic).size();
        TopicPartition outcomes = new TopicPartition(topic, RunLogPartitions.byDefault(key, partitions));
        long end = endOf(outcomes);
        long from = offsets.committed(Groups.exporter(namespace), outcomes);
        if (from >= end) {
            return false;
        }
        consumer.assign(List.of(outcomes));
        if (from == 0) {
            consumer.seekToBeginning(List.of(outcomes));
        } else {
            consumer.seek(outcomes, from);
        }
        long deadline = System.nanoTime() + MAX_SEARCH_NANOS;
        while (consumer.position(outcomes) < end) {
            if (System.nanoTime() > deadline) {
                return true;
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
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
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }
}
