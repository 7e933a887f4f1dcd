package dynoai.ingest.stage;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.stage.client.SkippingDecoder;
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
 * has. A run in neither place, and not among the results, was lost by Kafka and will never have a result. What an open
 * transaction hides counts as in flight: the run is looked for again later.
 */
final class SentRunLocator {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long MAX_SEARCH_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Receipts of versions before 1.1 have no time. */
    private static final int RECEIPT_PARTS = 4;

    private static final Pattern SHORT_NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern LONG_NUMBER = Pattern.compile("\\d{1,18}");

    private final Consumer<String, byte[]> consumer;
    private final Namespace namespace;
    private final SkippingDecoder<RunLogRecord> decoder;
    private final Offsets offsets;
    private final ResultsRead results;
    private final String topicId;

    /** How far the analyzer and the exporter have read, and how far topics were written. */
    interface Offsets {
        /** Returns the committed offset of a group, or 0 when it has none. */
        long committed(String group, TopicPartition partition);

        /** Returns the end of a partition, records of open transactions included. */
        long written(TopicPartition partition);
    }

    /** How far this ingest has read the results of runs. */
    interface ResultsRead {
        /** Whether every result below an offset has been taken. */
        boolean hasRead(TopicPartition partition, long end);
    }

    /**
     * @param consumer reads committed records
     * @param topicId id of the run log, which changes when the data of Kafka is deleted
     */
    SentRunLocator(
            Consumer<String, byte[]> consumer,
            Namespace namespace,
            WriterSchemas schemas,
            Offsets offsets,
            ResultsRead results,
            String topicId) {
        this.consumer = consumer;
        this.namespace = namespace;
        this.decoder = new SkippingDecoder<>(Topics.RUN_LOG.decoder(schemas), IngestEvents.NONE, letter -> {});
        this.offsets = offsets;
        this.results = results;
        this.topicId = topicId;
    }

    /** Returns what finds a run again: the topic, the position of the run's last record, and when the broker wrote it. */
    String receipt(RecordMetadata end) {
        return topicId + ' ' + end.partition() + ' ' + end.offset() + ' ' + end.timestamp();
    }

    /** Returns when a run was sent, or an earlier time if its receipt was lost or is of a version before 1.1. */
    static long sentMillis(Claim claim, String receipt) {
        String[] parts = receipt.split(" ");
        return parts.length == RECEIPT_PARTS && LONG_NUMBER.matcher(parts[3]).matches()
                ? Long.parseLong(parts[3])
                : claim.claimedAt().toEpochMilli();
    }

    /** Whether a sent run can still have a result. */
    boolean isInFlight(Claim claim, String receipt) {
        String[] parts = receipt.split(" ");
        if (parts.length < RECEIPT_PARTS - 1
                || !parts[0].equals(topicId)
                || !SHORT_NUMBER.matcher(parts[1]).matches()
                || !LONG_NUMBER.matcher(parts[2]).matches()) {
            return false;
        }
        int partition = Integer.parseInt(parts[1]);
        long offset = Long.parseLong(parts[2]);
        TopicPartition runLog = new TopicPartition(Topics.RUN_LOG.in(namespace), partition);
        return isOnRunLog(runLog, offset, claim)
                && (offsets.committed(Groups.analyzer(namespace), runLog) <= offset
                        || awaitsExport(claim)
                        || hasUnreadResults(claim));
    }

    private boolean isOnRunLog(TopicPartition partition, long offset, Claim claim) {
        if (offsets.written(partition) <= offset) {
            return false;
        }
        if (endOf(partition) <= offset) {
            return true;
        }
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        long deadline = System.nanoTime() + MAX_SEARCH_NANOS;
        while (consumer.position(partition) <= offset) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                return record.offset() == offset && isEndOf(record, claim);
            }
            if (System.nanoTime() > deadline) {
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
        TopicPartition outcomes = partitionOf(Topics.RUN_GRIDS.in(namespace), claim);
        long from = offsets.committed(Groups.exporter(namespace), outcomes);
        long written = offsets.written(outcomes);
        long end = endOf(outcomes);
        if (from >= end) {
            return end < written;
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
        return end < written;
    }

    /** After a look at the exporter's offsets, since it commits them together with its results. */
    private boolean hasUnreadResults(Claim claim) {
        TopicPartition partition = partitionOf(Topics.RUN_RESULTS.in(namespace), claim);
        return !results.hasRead(partition, offsets.written(partition));
    }

    /** Returns where the run's record is on a topic other than the run log. */
    private TopicPartition partitionOf(String topic, Claim claim) {
        int partitions = consumer.partitionsFor(topic).size();
        return new TopicPartition(topic, RunLogPartitions.byDefault(keyOf(claim), partitions));
    }

    private static String keyOf(Claim claim) {
        return new RunKey(claim.shop(), claim.runId()).toString();
    }

    /** Returns the last stable offset: what is behind it may be committed, and be seen later. */
    private long endOf(TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }
}
