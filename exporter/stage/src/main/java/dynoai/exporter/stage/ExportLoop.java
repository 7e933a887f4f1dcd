package dynoai.exporter.stage;

import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.topic.DeadLetter;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnknownSchemaException;
import dynoai.schemas.wire.UnreadableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The exporter's loop for one pair of Kafka clients: polls a batch of analysis outcomes, exports several runs at a time, and
 * commits all results with the offsets in one transaction. Any failure ends the loop; the next one starts at the last commit.
 */
final class ExportLoop implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final long KEEP_POLLING_MILLIS = 1000;

    private final Consumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;
    private final Namespace namespace;
    private final RecordDecoder<RunOutcome> decoder;
    private final RunDelivery delivery;
    private final ExecutorService workers;
    private final ExporterEvents events;
    private final Duration retryDelay;
    private final Queue<DeadLetter> deadLetters = new ConcurrentLinkedQueue<>();
    private boolean paused;

    /** Takes over the clients; closing the loop closes them. */
    ExportLoop(
            Consumer<String, byte[]> consumer,
            Producer<String, byte[]> producer,
            Namespace namespace,
            RecordDecoder<RunOutcome> decoder,
            RunDelivery delivery,
            ExecutorService workers,
            ExporterEvents events,
            Duration retryDelay) {
        this.consumer = consumer;
        this.producer = producer;
        this.namespace = namespace;
        this.decoder = decoder;
        this.delivery = delivery;
        this.workers = workers;
        this.events = events;
        this.retryDelay = retryDelay;
    }

    void begin() {
        producer.initTransactions();
        consumer.subscribe(List.of(Topics.RUN_GRIDS.in(namespace)));
    }

    /** Whether the group has assigned partitions to this instance. */
    boolean isAssigned() {
        return !consumer.assignment().isEmpty();
    }

    /** Whether every outcome up to the end of the topic is exported. */
    boolean isCaughtUp() {
        return consumer.assignment().stream()
                .allMatch(partition -> consumer.currentLag(partition).orElse(1) == 0);
    }

    /** Polls and exports one batch. Returns the number of published runs. */
    int runOnce(BooleanSupplier stopping) throws InterruptedException {
        ConsumerRecords<String, byte[]> batch = consumer.poll(POLL);
        if (batch.isEmpty()) {
            return 0;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : batch.partitions()) {
            offsets.put(partition, new OffsetAndMetadata(consumer.position(partition)));
        }
        List<RunResult> results = export(batch, stopping);
        if (stopping.getAsBoolean() && results.isEmpty()) {
            return 0;
        }
        CrashPoint.EXPORTER_BEFORE_COMMIT.reached();
        long began = System.nanoTime();
        publish(results, offsets);
        events.transactionCommitted(results.size(), System.nanoTime() - began);
        CrashPoint.EXPORTER_AFTER_COMMIT.reached();
        results.forEach(events::runPublished);
        return results.size();
    }

    private List<RunResult> export(ConsumerRecords<String, byte[]> batch, BooleanSupplier stopping)
            throws InterruptedException {
        Map<String, List<ConsumerRecord<String, byte[]>>> byRun = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            if (record.key() == null || !RunKey.isKey(record.key())) {
                events.recordSkipped(record.partition(), record.offset(), "its key is not a run key");
            } else {
                byRun.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(record);
            }
        }
        List<Future<List<RunResult>>> work = new ArrayList<>();
        for (List<ConsumerRecord<String, byte[]>> run : byRun.values()) {
            work.add(workers.submit(deliverInOrder(run, stopping)));
        }
        consumer.pause(consumer.assignment());
        List<RunResult> results = new ArrayList<>();
        for (Future<List<RunResult>> run : work) {
            results.addAll(await(run));
        }
        consumer.resume(consumer.assignment());
        return results;
    }

    private Callable<List<RunResult>> deliverInOrder(
            List<ConsumerRecord<String, byte[]>> run, BooleanSupplier stopping) {
        return () -> {
            List<RunResult> results = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> record : run) {
                deliver(record, stopping).ifPresent(results::add);
            }
            return results;
        };
    }

    /** Returns the run's result; empty if the record is skipped or changes nothing. */
    private Optional<RunResult> deliver(ConsumerRecord<String, byte[]> record, BooleanSupplier stopping)
            throws InterruptedException {
        RunKey key = RunKey.parse(record.key());
        if (record.value() == null) {
            return unreadable(record, key, FailureCode.UNREADABLE_RECORD, "it has no value");
        }
        RunOutcome outcome;
        try {
            outcome = decoder.decode(record.value());
        } catch (UnreadableRecordException e) {
            return unreadable(record, key, FailureCode.UNREADABLE_RECORD, String.valueOf(e.getMessage()));
        } catch (UnknownSchemaException e) {
            deadLetters.add(DeadLetter.of(record, e));
            return unreadable(record, key, FailureCode.UNKNOWN_SCHEMA, String.valueOf(e.getMessage()));
        }
        if (!outcome.key().equals(key)) {
            return unreadable(record, key, FailureCode.UNREADABLE_RECORD, "it is of run " + outcome.key());
        }
        while (true) {
            try {
                Optional<RunResult> result = delivery.deliver(outcome);
                setPaused("");
                return result;
            } catch (TransientFailureException e) {
                setPaused(String.valueOf(e.getMessage()));
                if (stopping.getAsBoolean()) {
                    throw new InterruptedException("stopped while retrying: " + e.getMessage());
                }
                Thread.sleep(retryDelay.toMillis());
            }
        }
    }

    private Optional<RunResult> unreadable(
            ConsumerRecord<String, byte[]> record, RunKey key, FailureCode code, String why) {
        String message = "record " + record.offset() + " of partition " + record.partition() + " of " + record.topic()
                + " cannot be read: " + why;
        Optional<RunResult> failed = delivery.failUnlessDone(key, 0, code, message);
        if (failed.isEmpty()) {
            events.recordSkipped(record.partition(), record.offset(), why);
        }
        return failed;
    }

    private synchronized void setPaused(String why) {
        if (paused == why.isEmpty()) {
            paused = !why.isEmpty();
            events.paused(why);
        }
    }

    /** Polls the paused consumer while a run is exported, so that it stays within max.poll.interval.ms. */
    private List<RunResult> await(Future<List<RunResult>> run) throws InterruptedException {
        while (true) {
            try {
                return run.get(KEEP_POLLING_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException timeout) {
                consumer.pause(consumer.assignment());
                consumer.poll(Duration.ZERO);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof InterruptedException stopped) {
                    throw stopped;
                }
                if (e.getCause() instanceof RuntimeException bug) {
                    throw bug;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Send errors surface in commitTransaction(). */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void publish(List<RunResult> results, Map<TopicPartition, OffsetAndMetadata> offsets) {
        producer.beginTransaction();
        for (RunResult result : results) {
            producer.send(new ProducerRecord<>(
                    Topics.RUN_RESULTS.in(namespace),
                    result.key().toString(),
                    Topics.RUN_RESULTS.format().encode(result)));
        }
        for (DeadLetter letter = deadLetters.poll(); letter != null; letter = deadLetters.poll()) {
            producer.send(letter.letter(namespace));
        }
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
}
