package dynoai.exporter.stage;

import static dynoai.exporter.stage.ExportFixture.LOG_NOT_IN_STORE;
import static dynoai.exporter.stage.ExportFixture.RUN;
import static dynoai.exporter.stage.ExportFixture.completed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dynoai.schemas.file.ContentPath;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.store.ContentStore;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.WriterSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop around the deliveries: order of commits, transactions, retries, rebalances, and polling while a run takes long. */
class ExportLoopTest {
    private static final TopicPartition GRIDS = new TopicPartition(Topics.RUN_GRIDS.in(Namespace.DEFAULT), 0);
    private static final TopicPartition OTHER = new TopicPartition(Topics.RUN_GRIDS.in(Namespace.DEFAULT), 1);
    private static final RunKey LONG = new RunKey("local", "long");
    private static final RunKey NORTH = new RunKey("north", RUN);
    private static final RunKey SOUTH = new RunKey("south", RUN);

    @TempDir
    Path temp;

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final ThreadPoolExecutor workers = (ThreadPoolExecutor) Executors.newFixedThreadPool(2);
    private final DeliveryQueue queue = new DeliveryQueue(workers, 2, Duration.ofMillis(10));
    private final CountDownLatch longRun = new CountDownLatch(1);
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private Runnable whenPaused = () -> {};
    private ExportFixture fixture;
    private ExportLoop loop;

    @BeforeEach
    void createLoop() throws Exception {
        fixture = new ExportFixture(temp);
        ExporterEvents recorded = new RecordedEvents();
        OutcomeDelivery delivery = new OutcomeDelivery(
                Topics.RUN_GRIDS.decoder(WriterSchemas.none()), fixture.delivery(recorded), recorded);
        loop = new ExportLoop(consumer, producer, Namespace.DEFAULT, delivery, queue, recorded);
        loop.begin();
        consumer.updateBeginningOffsets(Map.of(GRIDS, 0L, OTHER, 0L));
        consumer.rebalance(List.of(GRIDS, OTHER));
    }

    @AfterEach
    void stopWorkers() {
        longRun.countDown();
        workers.shutdownNow();
    }

    @Test
    void finishedRuns_areCommittedWithTheirOffsetInOneTransaction() throws Exception {
        // Given
        RunKey second = new RunKey("local", "long-2");
        outcome(0, completed(LONG, ExportFixture.LOG, Map.of(), 1));
        outcome(1, completed(second, ExportFixture.LOG, Map.of(), 1));
        loop.runOnce();
        longRun.countDown();
        await().until(workersAreDone(2));
        // When
        int published = loop.runOnce();
        // Then
        assertThat(published).isEqualTo(2);
        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(results()).extracting(RunResult::ok).containsExactly(true, true);
        assertThat(committed()).isEqualTo(Map.of(GRIDS, new OffsetAndMetadata(2)));
        assertThat(events).contains("committed 2", "published " + LONG, "published " + second);
    }

    @Test
    void smallRun_isPublishedWhileALongOneOfItsPartitionIsExported() throws Exception {
        // Given
        outcome(0, completed(LONG, ExportFixture.LOG, Map.of(), 1));
        outcome(1, completed(NORTH, ExportFixture.LOG, Map.of(), 1));
        // When
        exportUntil(() -> events.contains("published " + NORTH));
        // Then
        assertThat(results()).extracting(RunResult::key).containsExactly(NORTH);
        assertThat(committed()).isEqualTo(Map.of(GRIDS, new OffsetAndMetadata(0, "exported 1")));
    }

    @Test
    void smallRun_ofAnotherPartitionMovesItsOffset() throws Exception {
        // Given
        outcome(0, completed(LONG, ExportFixture.LOG, Map.of(), 1));
        outcome(OTHER, 0, completed(NORTH, ExportFixture.LOG, Map.of(), 1));
        // When
        exportUntil(() -> events.contains("published " + NORTH));
        // Then
        assertThat(committed()).isEqualTo(Map.of(OTHER, new OffsetAndMetadata(1)));
    }

    @Test
    void offset_passesTheLongRunAndAllAfterItWhenItEnds() throws Exception {
        // Given
        outcome(0, completed(LONG, ExportFixture.LOG, Map.of(), 1));
        outcome(1, completed(NORTH, ExportFixture.LOG, Map.of(), 1));
        exportUntil(() -> events.contains("published " + NORTH));
        longRun.countDown();
        // When
        exportAll();
        // Then
        assertThat(results()).extracting(RunResult::key).containsExactly(NORTH, LONG);
        assertThat(committed()).isEqualTo(Map.of(GRIDS, new OffsetAndMetadata(2)));
    }

    @Test
    void runPublishedBeforeACrash_isNotPublishedAgainAfterIt() throws Exception {
        // Given
        longRun.countDown();
        consumer.commitSync(Map.of(GRIDS, new OffsetAndMetadata(0, "exported 1")));
        outcome(0, completed(LONG, ExportFixture.LOG, Map.of(), 1));
        outcome(1, completed(NORTH, ExportFixture.LOG, Map.of(), 1));
        outcome(2, completed(SOUTH, ExportFixture.LOG, Map.of(), 1));
        // When
        exportAll();
        // Then
        assertThat(results()).extracting(RunResult::key).containsExactlyInAnyOrder(LONG, SOUTH);
        assertThat(committed()).isEqualTo(Map.of(GRIDS, new OffsetAndMetadata(3)));
    }

    @Test
    void revokedPartition_isNotCommittedByItsFormerOwner() throws Exception {
        // Given
        outcome(0, completed(LONG, ExportFixture.LOG, Map.of(), 1));
        loop.runOnce();
        consumer.rebalance(List.of(OTHER));
        longRun.countDown();
        // When
        exportAll();
        // Then
        assertThat(results()).isEmpty();
        assertThat(producer.consumerGroupOffsetsHistory()).isEmpty();
    }

    @Test
    void finishedRunOfARevokedPartition_isPublishedBeforeItGoes() throws Exception {
        // Given
        outcome(0, completed());
        loop.runOnce();
        await().until(workersAreDone(1));
        // When
        consumer.rebalance(List.of(OTHER));
        // Then
        assertThat(results()).extracting(RunResult::ok).containsExactly(true);
        assertThat(committed()).isEqualTo(Map.of(GRIDS, new OffsetAndMetadata(1)));
    }

    @Test
    void rebalanceBeforeACommit_repeatsTheCommitAfterIt() throws Exception {
        // Given
        outcome(0, completed());
        producer.sendOffsetsToTransactionException = new CommitFailedException("a rebalance has begun");
        exportUntil(() -> producer.sendOffsetsToTransactionException != null && queue.isEmpty());
        producer.sendOffsetsToTransactionException = null;
        // When
        int published = loop.runOnce();
        // Then
        assertThat(published).isEqualTo(1);
        assertThat(results()).extracting(RunResult::ok).containsExactly(true);
        assertThat(committed()).isEqualTo(Map.of(GRIDS, new OffsetAndMetadata(1)));
    }

    @Test
    void runThatFailsThreeTimes_isPublishedAsFailed() throws Exception {
        // Given
        Files.writeString(ContentPath.of(fixture.store, Sha256.hex(ExportFixture.LOG)), "changed");
        outcome(0, completed());
        // When
        exportAll();
        // Then
        assertThat(results()).extracting(RunResult::code).containsExactly("EXPORT_FAILED");
        assertThat(events).filteredOn(event -> event.startsWith("retry")).hasSize(2);
    }

    @Test
    void transientFailure_isRetriedUntilItPasses() throws Exception {
        // Given
        moveStoreAway();
        whenPaused = this::moveStoreBack;
        outcome(0, completed());
        // When
        int published = exportAll();
        // Then
        assertThat(published).isEqualTo(1);
        assertThat(results()).extracting(RunResult::ok).containsExactly(true);
        assertThat(events).containsSubsequence("paused", "resumed", "published local/" + RUN);
    }

    @Test
    void runsWithATransientFailure_holdBackNoOther() throws Exception {
        // Given
        for (int i = 0; i < 4; i++) {
            outcome(i, completed(new RunKey("local", RUN + i), LOG_NOT_IN_STORE, Map.of(), 1));
        }
        outcome(4, completed(NORTH, ExportFixture.LOG, Map.of(), 1));
        // When
        exportUntil(() -> events.contains("published " + NORTH));
        // Then
        assertThat(results()).extracting(RunResult::key).containsExactly(NORTH);
        assertThat(committed()).isEqualTo(Map.of(GRIDS, new OffsetAndMetadata(0, "exported 4")));
    }

    @Test
    void stopDuringATransientFailure_commitsNothing() throws Exception {
        // Given
        moveStoreAway();
        outcome(0, completed());
        exportUntil(() -> events.contains("paused"));
        // When
        loop.finish(Duration.ofMinutes(1));
        // Then
        assertThat(loop.pauseReason()).contains("store");
        assertThat(producer.history()).isEmpty();
        assertThat(producer.commitCount()).isZero();
    }

    @Test
    void finish_publishesTheRunsInWork() throws Exception {
        // Given
        outcome(0, completed());
        loop.runOnce();
        // When
        loop.finish(Duration.ofMinutes(1));
        // Then
        assertThat(results()).extracting(RunResult::ok).containsExactly(true);
    }

    @Test
    void consumer_isPolledAndPausedWhileItsQueueIsFull() throws Exception {
        // Given
        for (int i = 0; i < 8; i++) {
            outcome(i, completed(new RunKey("local", "long" + i), ExportFixture.LOG, Map.of(), 1));
        }
        loop.runOnce();
        Set<TopicPartition> pausedWhileFull = consumer.paused();
        longRun.countDown();
        // When
        exportAll();
        // Then
        assertThat(pausedWhileFull).containsExactlyInAnyOrder(GRIDS, OTHER);
        assertThat(consumer.paused()).isEmpty();
        assertThat(results()).hasSize(8);
    }

    @Test
    void failedCommit_endsTheLoopWithoutAPublishedRun() throws Exception {
        // Given
        outcome(0, completed());
        producer.commitTransactionException = new KafkaException("fenced");
        // When
        var run = assertThatThrownBy(this::exportAll);
        // Then
        run.isInstanceOf(KafkaException.class).hasMessage("fenced");
        assertThat(events).noneMatch(event -> event.startsWith("published"));
    }

    @Test
    void recordWithoutARunKey_isSkipped() throws Exception {
        // Given
        consumer.addRecord(new ConsumerRecord<>(GRIDS.topic(), 0, 0, "no key", new byte[1]));
        // When
        int published = exportAll();
        // Then
        assertThat(published).isZero();
        assertThat(events).contains("skipped 0", "committed 0");
    }

    @Test
    void unreadableRecord_failsItsRun() throws Exception {
        // Given
        consumer.addRecord(new ConsumerRecord<>(GRIDS.topic(), 0, 0, "local/" + RUN, "no record".getBytes(UTF_8)));
        // When
        exportAll();
        // Then
        assertThat(results()).extracting(RunResult::code).containsExactly("UNREADABLE_RECORD");
    }

    @Test
    void recordWithAnUnknownSchema_failsItsRunAndBecomesADeadLetterInOneTransaction() throws Exception {
        // Given
        byte[] newer = Topics.RUN_GRIDS.format().encode(completed());
        newer[5]++;
        consumer.addRecord(new ConsumerRecord<>(GRIDS.topic(), 0, 0, "local/" + RUN, newer));
        // When
        exportAll();
        // Then
        assertThat(results()).extracting(RunResult::code).containsExactly("UNKNOWN_SCHEMA");
        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo(GRIDS.topic() + "/0/0");
            assertThat(letter.value()).isEqualTo(newer);
        });
        assertThat(producer.commitCount()).isEqualTo(1);
    }

    @Test
    void gridsOfAnotherRunUnderItsId_areIgnoredWithAWarning() throws Exception {
        // Given
        RunOutcome.Completed earlier = completed(new RunKey("north", "earlier"), LOG_NOT_IN_STORE, Map.of(), 1);
        outcome(0, ExportFixture.underAnotherId(earlier, "local", RUN));
        RunStarted invalid = ExportFixture.renamed(earlier.started(), "../x", "");
        outcome(1, new RunOutcome.Completed(new RunKey("local", RUN), 1, invalid, earlier.grids()));
        outcome(2, completed());
        // When
        exportAll();
        // Then
        assertThat(results()).singleElement().satisfies(result -> {
            assertThat(result.ok()).isTrue();
            assertThat(result.inputSha256()).isEqualTo(Sha256.hex(ExportFixture.LOG));
            assertThat(ExportFixture.SIGNER.isSigned(result)).isTrue();
        });
        assertThat(events).contains("warning run local/" + RUN);
    }

    @Test
    void failureOfARunThatWasNotSent_isIgnoredWithAWarning() throws Exception {
        // Given
        RunStarted started = completed().started();
        RunKey victim = new RunKey("local", RUN);
        outcome(0, new RunOutcome.Failed(victim, 2, Optional.of(started), FailureCode.FOLD_FAILED, "forged", 0, 0));
        // When
        exportAll();
        // Then
        assertThat(results()).isEmpty();
        assertThat(fixture.folder()).doesNotExist();
        assertThat(events).contains("warning run local/" + RUN);
    }

    @Test
    void missingKey_pausesUntilItIsThere() throws Exception {
        // Given
        Path key = fixture.store.resolve(ContentStore.Text.KEY.file());
        Path away = Files.move(key, temp.resolve("key"));
        whenPaused = () -> {
            try {
                Files.move(away, key);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        outcome(0, completed());
        // When
        exportAll();
        // Then
        assertThat(results()).extracting(RunResult::ok).containsExactly(true);
        assertThat(events).containsSubsequence("paused", "resumed");
    }

    @Test
    void unreadableRecordOfAPublishedRun_isSkipped() throws Exception {
        // Given
        fixture.delivery(ExporterEvents.NONE).deliver(completed());
        consumer.addRecord(new ConsumerRecord<>(GRIDS.topic(), 0, 0, "local/" + RUN, null));
        // When
        int published = exportAll();
        // Then
        assertThat(published).isZero();
        assertThat(events).contains("skipped 0");
    }

    @Test
    void close_closesBothClients() {
        // When
        loop.close();
        // Then
        assertThat(producer.closed()).isTrue();
        assertThat(consumer.closed()).isTrue();
    }

    private void outcome(long offset, RunOutcome outcome) {
        outcome(GRIDS, offset, outcome);
    }

    private void outcome(TopicPartition partition, long offset, RunOutcome outcome) {
        byte[] value = Topics.RUN_GRIDS.format().encode(outcome);
        consumer.addRecord(new ConsumerRecord<>(
                partition.topic(), partition.partition(), offset, outcome.key().toString(), value));
    }

    /** Runs the loop until nothing is in work. Returns the number of published runs. */
    private int exportAll() {
        int[] published = {loop.runOnce()};
        await().pollInSameThread().pollDelay(Duration.ZERO).until(() -> {
            published[0] += loop.runOnce();
            return queue.isEmpty();
        });
        return published[0];
    }

    private void exportUntil(Callable<Boolean> done) {
        await().pollInSameThread().until(() -> {
            loop.runOnce();
            return done.call();
        });
    }

    private Callable<Boolean> workersAreDone(int tasks) {
        return () -> workers.getCompletedTaskCount() == tasks;
    }

    /** The offsets that were committed last. */
    private Map<TopicPartition, OffsetAndMetadata> committed() {
        List<Map<String, Map<TopicPartition, OffsetAndMetadata>>> all = producer.consumerGroupOffsetsHistory();
        return all.get(all.size() - 1).values().iterator().next();
    }

    private List<RunResult> results() throws Exception {
        List<RunResult> results = new ArrayList<>();
        for (ProducerRecord<String, byte[]> sent : sent(Topics.RUN_RESULTS.in(Namespace.DEFAULT))) {
            results.add(Topics.RUN_RESULTS.decoder(WriterSchemas.none()).decode(sent.value()));
        }
        return results;
    }

    private List<ProducerRecord<String, byte[]>> deadLetters() {
        return sent(Topics.deadLetters(Namespace.DEFAULT));
    }

    private List<ProducerRecord<String, byte[]>> sent(String topic) {
        return producer.history().stream()
                .filter(record -> record.topic().equals(topic))
                .toList();
    }

    private void moveStoreAway() throws IOException {
        Files.move(fixture.store, temp.resolve("away"));
    }

    private void moveStoreBack() {
        try {
            Files.move(temp.resolve("away"), fixture.store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class RecordedEvents implements ExporterEvents {
        @Override
        public void folderWritten(String runId, long kernelNanos, long exportNanos) {
            if (runId.startsWith("long")) {
                try {
                    longRun.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void transactionCommitted(int results, long nanos) {
            events.add("committed " + results);
        }

        @Override
        public void runPublished(RunResult result) {
            events.add("published " + result.key());
        }

        @Override
        public void recordSkipped(int partition, long offset, String why) {
            events.add("skipped " + offset);
        }

        @Override
        public void paused(String why) {
            events.add(why.isEmpty() ? "resumed" : "paused");
            if (!why.isEmpty()) {
                whenPaused.run();
            }
        }

        @Override
        public void warning(String where, String message) {
            events.add("warning " + where);
        }

        @Override
        public void transientFailure(String where, Exception cause) {
            events.add("retry " + where);
        }
    }
}
