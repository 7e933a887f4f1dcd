package dynoai.exporter.stage;

import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.topic.Groups;
import dynoai.schemas.topic.PublishedSchemas;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.UnreadableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One connection's life: takes a batch of outcomes, exports several runs at a time, and publishes all results with the
 * offsets in one transaction. Whatever fails ends it; the next connection begins at the last commit.
 */
final class ExportLoop implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final long STAY_IN_GROUP_MILLIS = 1000;
    private static final long OBSTACLE_MILLIS = 2000;

    private final ExporterEvents events;
    private final RunDelivery delivery;
    private final ExecutorService workers;
    private final RecordDecoder<RunOutcome> decoder;
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private boolean paused;

    ExportLoop(
            ExporterSettings settings,
            ExporterEvents events,
            RunDelivery delivery,
            PublishedSchemas schemas,
            ExecutorService workers) {
        this.events = events;
        this.delivery = delivery;
        this.workers = workers;
        this.decoder = Topics.RUN_GRIDS.decoder(schemas);
        this.producer = Clients.producer(settings);
        this.consumer = Clients.consumer(settings);
        producer.initTransactions();
        consumer.subscribe(List.of(Topics.RUN_GRIDS.name()));
    }

    /** Whether this instance has been given partitions. */
    boolean isAssigned() {
        return !consumer.assignment().isEmpty();
    }

    /** Whether every outcome there is has been dealt with. */
    boolean isCaughtUp() {
        return consumer.assignment().stream()
                .allMatch(partition -> consumer.currentLag(partition).orElse(1) == 0);
    }

    /** @return how many runs were published */
    int turn(BooleanSupplier stopping) throws InterruptedException {
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
                events.recordSkipped(record.partition(), record.offset(), "its key names no run");
            } else {
                byRun.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(record);
            }
        }
        List<Future<List<RunResult>>> work = new ArrayList<>();
        for (List<ConsumerRecord<String, byte[]>> run : byRun.values()) {
            work.add(workers.submit(inOrder(run, stopping)));
        }
        consumer.pause(consumer.assignment());
        List<RunResult> results = new ArrayList<>();
        for (Future<List<RunResult>> run : work) {
            results.addAll(await(run));
        }
        consumer.resume(consumer.assignment());
        return results;
    }

    private Callable<List<RunResult>> inOrder(List<ConsumerRecord<String, byte[]>> run, BooleanSupplier stopping) {
        return () -> {
            List<RunResult> results = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> record : run) {
                deliver(record, stopping).ifPresent(results::add);
            }
            return results;
        };
    }

    /** @return empty when the record says nothing that matters */
    private Optional<RunResult> deliver(ConsumerRecord<String, byte[]> record, BooleanSupplier stopping)
            throws InterruptedException {
        RunKey key = RunKey.parse(record.key());
        if (record.value() == null) {
            return unreadable(record, key, "it has no value");
        }
        RunOutcome outcome;
        try {
            outcome = decoder.decode(record.value());
        } catch (UnreadableRecordException hostile) {
            return unreadable(record, key, String.valueOf(hostile.getMessage()));
        }
        if (!outcome.key().equals(key)) {
            return unreadable(record, key, "it is of run " + outcome.key());
        }
        while (true) {
            try {
                Optional<RunResult> result = delivery.deliver(outcome);
                report("");
                return result;
            } catch (TransientFailure obstacle) {
                report(String.valueOf(obstacle.getMessage()));
                if (stopping.getAsBoolean()) {
                    throw new InterruptedException("stopped while waiting: " + obstacle.getMessage());
                }
                Thread.sleep(OBSTACLE_MILLIS);
            }
        }
    }

    private Optional<RunResult> unreadable(ConsumerRecord<String, byte[]> record, RunKey key, String why) {
        String message = "record " + record.offset() + " of partition " + record.partition() + " of " + record.topic()
                + " cannot be read: " + why;
        Optional<RunResult> failed = delivery.failedUnlessDone(key, 0, "UNREADABLE_RECORD", message);
        if (failed.isEmpty()) {
            events.recordSkipped(record.partition(), record.offset(), why);
        }
        return failed;
    }

    private synchronized void report(String why) {
        if (paused == why.isEmpty()) {
            paused = !why.isEmpty();
            events.paused(why);
        }
    }

    /** While runs take their time the consumer must be heard of; it is paused, so nothing new comes. */
    private List<RunResult> await(Future<List<RunResult>> run) throws InterruptedException {
        while (true) {
            try {
                return run.get(STAY_IN_GROUP_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException still) {
                consumer.pause(consumer.assignment());
                consumer.poll(Duration.ZERO);
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof InterruptedException stopped) {
                    throw stopped;
                }
                if (failed.getCause() instanceof RuntimeException bug) {
                    throw bug;
                }
                throw new IllegalStateException(failed.getCause());
            }
        }
    }

    /** What becomes of a record is told by the commit. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void publish(List<RunResult> results, Map<TopicPartition, OffsetAndMetadata> offsets) {
        producer.beginTransaction();
        for (RunResult result : results) {
            producer.send(new ProducerRecord<>(
                    Topics.RUN_RESULTS.name(),
                    result.key().toString(),
                    Topics.RUN_RESULTS.format().encode(result)));
        }
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
    }

    static String group() {
        return Groups.EXPORTER;
    }

    @Override
    public void close() {
        producer.close(CLOSE);
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSE));
    }
}
