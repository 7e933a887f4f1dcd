package dynoai.ingest.admit;

import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.ingest.stage.CommitGuard;
import dynoai.ingest.stage.client.SkippingDecoder;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.WriterSchemas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads accepted logs as a member of the group that admits them. The committed offset of a partition is that of its oldest log that
 * has not ended, so a log is read again until it ends, by whichever process has the partition then. Not thread-safe.
 */
final class IntakeReader implements AcceptedLogs, CommitGuard, AutoCloseable {
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;
    private static final int HEARTBEAT_MILLIS = 3_000;
    private static final int CALL_TIMEOUT_MILLIS = 15_000;

    /** A log of gigabytes may be read and sent between two polls. A dead process is noticed by its session. */
    private static final int MAX_POLL_INTERVAL_MILLIS = 1_800_000;

    /** Logs without an end beyond which no further ones are read: their options take memory. */
    private static final int MAX_PENDING = 10_000;

    private static final long COMMIT_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Lane lane;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final IngestEvents events;
    private final SkippingDecoder<LogAccepted> decoder;
    private final String topic;
    private final Map<Integer, Owned> owned = new HashMap<>();
    private final Set<Integer> lost = new HashSet<>();
    private @Nullable Consumer<String, byte[]> consumer;
    private boolean assigned;
    private long nextCommit = System.nanoTime();

    /** A partition of this process. */
    private static final class Owned {
        /** Offsets of logs that have not ended. */
        private final SortedSet<Long> pending = new TreeSet<>();

        private boolean paused;
        private long next;
        private long committed = -1;

        /** End of the partition when it came to this process; -1 until it is known. */
        private long end = -1;

        private long watermark() {
            return pending.isEmpty() ? next : pending.first();
        }
    }

    /** @param consumers opens a member of the lane's group, at first and after a failure */
    IntakeReader(
            Namespace namespace,
            Lane lane,
            Supplier<Consumer<String, byte[]>> consumers,
            WriterSchemas schemas,
            IngestEvents events) {
        this.lane = lane;
        this.consumers = consumers;
        this.events = events;
        this.decoder = new SkippingDecoder<>(
                Topics.INTAKE.decoder(schemas), events, letter -> keep(letter.partition(), letter.offset()));
        this.topic = Topics.INTAKE.in(namespace);
    }

    /** @param instance name of this process in the group: a restarted one has its partitions back at once */
    static IntakeReader of(KafkaClients kafka, Lane lane, String instance, WriterSchemas schemas, IngestEvents events) {
        Map<String, Object> defaults = Map.of(
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS,
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_TIMEOUT_MILLIS,
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MAX_POLL_INTERVAL_MILLIS);
        Map<String, Object> required = Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                lane.group(kafka.namespace()),
                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                instance,
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        return new IntakeReader(kafka.namespace(), lane, () -> kafka.consumer(defaults, required), schemas, events);
    }

    private Consumer<String, byte[]> open() {
        if (consumer == null) {
            consumer = consumers.get();
            consumer.subscribe(List.of(topic), new Rebalance());
        }
        return consumer;
    }

    @Override
    public Changes poll(Duration wait) throws TransportUnavailableException {
        List<Accepted> added = new ArrayList<>();
        try {
            Consumer<String, byte[]> reader = open();
            pauseOrResume(reader);
            for (ConsumerRecord<String, byte[]> record : reader.poll(wait)) {
                add(record, added);
            }
            findEnds(reader);
            commitSometimes(reader);
        } catch (KafkaException e) {
            reopen();
            throw new TransportUnavailableException("reading accepted logs: " + e, e);
        }
        Set<Integer> gone = Set.copyOf(lost);
        lost.clear();
        return new Changes(gone, added);
    }

    private void add(ConsumerRecord<String, byte[]> record, List<Accepted> added) {
        Owned partition = owned.get(record.partition());
        if (partition == null) {
            return;
        }
        partition.next = record.offset() + 1;
        Optional<LogAccepted> log = decoder.decode(record);
        if (log.isPresent() && isValid(record, log.get()) && lane.takes(log.get())) {
            partition.pending.add(record.offset());
            added.add(new Accepted(log.get(), new Position(record.partition(), record.offset())));
        }
    }

    /** A log of an unknown schema is read again by a later version. */
    private void keep(int partition, long offset) {
        Owned own = owned.get(partition);
        if (own != null) {
            own.pending.add(offset);
        }
        events.warning(topic + "-" + partition, "the log at offset " + offset + " has an unknown schema and waits");
    }

    /** A log under the key of another shop could be in a partition about which another process decides. */
    private boolean isValid(ConsumerRecord<String, byte[]> record, LogAccepted log) {
        try {
            if (log.run().shop().equals(record.key())) {
                return true;
            }
            events.recordSkipped(topic, record.partition(), record.offset(), "its key is not its shop");
        } catch (IllegalArgumentException e) {
            events.recordSkipped(topic, record.partition(), record.offset(), String.valueOf(e.getMessage()));
        }
        return false;
    }

    /** A partition with its share of the logs in memory is not read further; the others are. */
    private void pauseOrResume(Consumer<String, byte[]> reader) {
        int share = MAX_PENDING / Math.max(1, owned.size());
        owned.forEach((number, partition) -> {
            boolean full = partition.pending.size() >= share;
            if (full != partition.paused) {
                Set<TopicPartition> one = Set.of(new TopicPartition(topic, number));
                if (full) {
                    reader.pause(one);
                } else {
                    reader.resume(one);
                }
                partition.paused = full;
            }
        });
    }

    /** Finds the ends of new partitions, up to which their logs are from before. */
    private void findEnds(Consumer<String, byte[]> reader) {
        List<TopicPartition> added = owned.entrySet().stream()
                .filter(entry -> entry.getValue().end < 0)
                .map(entry -> new TopicPartition(topic, entry.getKey()))
                .toList();
        if (!added.isEmpty()) {
            reader.endOffsets(added).forEach((partition, end) -> {
                Owned own = owned.get(partition.partition());
                if (own != null) {
                    own.end = end;
                    own.next = Math.max(own.next, reader.position(partition));
                }
            });
        }
    }

    @Override
    public boolean isCaughtUp() {
        return assigned
                && owned.values().stream()
                        .allMatch(
                                partition -> partition.paused || partition.end >= 0 && partition.next >= partition.end);
    }

    @Override
    public void ended(Position position) {
        Owned partition = owned.get(position.partition());
        if (partition != null) {
            partition.pending.remove(position.offset());
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> watermarks() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        owned.forEach((number, partition) -> {
            if (partition.end >= 0) {
                offsets.put(new TopicPartition(topic, number), new OffsetAndMetadata(partition.watermark()));
            }
        });
        return offsets;
    }

    @Override
    public Optional<Commit> commit() {
        Consumer<String, byte[]> reader = consumer;
        Map<TopicPartition, OffsetAndMetadata> offsets = watermarks();
        // Without a partition there is no run to send.
        return reader == null || offsets.isEmpty()
                ? Optional.empty()
                : Optional.of(new Commit(offsets, reader.groupMetadata()));
    }

    private void commitSometimes(Consumer<String, byte[]> reader) {
        if (System.nanoTime() - nextCommit < 0) {
            return;
        }
        nextCommit = System.nanoTime() + COMMIT_INTERVAL_NANOS;
        Map<TopicPartition, OffsetAndMetadata> changed = new HashMap<>();
        watermarks().forEach((partition, offset) -> {
            Owned own = owned.get(partition.partition());
            if (own != null && own.committed != offset.offset()) {
                own.committed = offset.offset();
                changed.put(partition, offset);
            }
        });
        if (!changed.isEmpty()) {
            reader.commitAsync(changed, null);
        }
    }

    /** Leaves the group and joins it again with the next poll. */
    private void reopen() {
        close();
        lost.addAll(owned.keySet());
        owned.clear();
        assigned = false;
    }

    @Override
    public void close() {
        Consumer<String, byte[]> open = consumer;
        consumer = null;
        if (open != null) {
            try {
                open.close();
            } catch (KafkaException e) {
                events.transientFailure(topic, e);
            }
        }
    }

    /** Follows the assignment of partitions, on the thread that polls. */
    private final class Rebalance implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> owned.put(partition.partition(), new Owned()));
            assigned = true;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                owned.remove(partition.partition());
                lost.add(partition.partition());
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            onPartitionsRevoked(partitions);
        }
    }
}
