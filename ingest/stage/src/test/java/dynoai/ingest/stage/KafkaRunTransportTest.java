package dynoai.ingest.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.RunIdentity;
import dynoai.ingest.folder.run.RunTransport;
import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KafkaRunTransportTest {
    private static final Rejection RUN_FAILED = Rejection.of(FailureCode.RUN_FAILED, "it failed", "");

    @TempDir
    Path store;

    private final MockKafka kafka = new MockKafka();

    @AfterEach
    void closeLedger() throws Exception {
        kafka.close();
    }

    @Test
    void sentLog_isOneTransactionWithItsLedgerEntry() throws Exception {
        // Given
        KafkaRunTransport transport = kafka.transportAsOwner(store);
        long committedBefore = kafka.producer.commitCount();
        RunTransport.Prepared log = prepare(transport, MockKafka.claim(store, 3));
        // When
        log.send();
        // Then
        assertThat(kafka.producer.commitCount() - committedBefore).isEqualTo(1);
        assertThat(kafka.runLog())
                .extracting(record -> record.getClass().getSimpleName())
                .containsExactly("Started", "Block", "Ended");
        assertThat(kafka.runLog()).extracting(RunLogRecord::attempt).containsOnly(1);
        assertThat(kafka.sent(Topics.INGEST_LEDGER)).hasSize(1);
    }

    @Test
    void receiptOfASentLog_namesTheTopicAndItsLastRecord() throws Exception {
        // Given
        KafkaRunTransport transport = kafka.transportAsOwner(store);
        RunTransport.Prepared log = prepare(transport, MockKafka.claim(store, 3));
        // When
        String receipt = log.send();
        // Then
        assertThat(receipt).isEqualTo(MockKafka.TOPIC_ID + " 0 2 -1");
    }

    @Test
    void sentLog_isFoundInTheLedgerAtOnce() throws Exception {
        // Given
        KafkaRunTransport transport = kafka.transportAsOwner(store);
        Claim claim = MockKafka.claim(store, 3);
        prepare(transport, claim).send();
        // When
        Optional<String> run = transport.runOf(RunIdentity.of(claim));
        // Then
        assertThat(run).contains(claim.runId());
    }

    @Test
    void publishedRows_areInTheTransactionOfTheirRun() throws Exception {
        // Given
        kafka.publishRows = true;
        KafkaRunTransport transport = kafka.transportAsOwner(store);
        RunTransport.Prepared log = prepare(transport, MockKafka.claim(store, 3));
        // When
        log.send();
        // Then
        assertThat(kafka.sent(Topics.LOG_ROWS)).hasSize(3);
    }

    @Test
    void failedSend_closesTheProducerAndIsTransient() throws Exception {
        // Given
        KafkaRunTransport transport = kafka.transportAsOwner(store);
        RunTransport.Prepared log = prepare(transport, MockKafka.claim(store, 3));
        kafka.producer.commitTransactionException = new KafkaException("no leader");
        // When
        var sending = assertThatThrownBy(log::send);
        // Then
        sending.isInstanceOf(TransportUnavailableException.class).hasMessageContaining("no leader");
        assertThat(kafka.producer.closed()).isTrue();
        assertThat(kafka.producer.history()).isEmpty();
    }

    @Test
    void fencedProducer_isATransientFailureWithTheFencingAsCause() throws Exception {
        // Given
        KafkaRunTransport transport = kafka.transportAsOwner(store);
        RunTransport.Prepared log = prepare(transport, MockKafka.claim(store, 3));
        kafka.producer.fenceProducer();
        // When
        var sending = assertThatThrownBy(log::send);
        // Then
        sending.isInstanceOf(TransportUnavailableException.class).hasCauseInstanceOf(ProducerFencedException.class);
        assertThat(kafka.producer.closed()).isTrue();
    }

    @Test
    void rejection_isPublishedWithItsCode() throws Exception {
        // Given
        KafkaRunTransport transport = kafka.transportAsOwner(store);
        Claim claim = MockKafka.claim(store, 3);
        // When
        transport.reject(claim, Rejection.of(FailureCode.NOT_TEXT, "NUL bytes", "export it as text"));
        // Then
        assertThat(kafka.sent(Topics.REJECTED_LOGS)).hasSize(1);
        assertThat(kafka.producer.transactionCommitted()).isTrue();
    }

    @Test
    void abandonedRun_leavesTheLedgerInTheSameTransaction() throws Exception {
        // Given
        KafkaRunTransport transport = kafka.transportAsOwner(store);
        Claim claim = MockKafka.claim(store, 3);
        prepare(transport, claim).send();
        kafka.producer.clear();
        // When
        transport.abandon(claim, RUN_FAILED);
        // Then
        assertThat(kafka.runLog()).containsExactly(new RunLogRecord.Abandoned(1, "RUN_FAILED: it failed"));
        assertThat(kafka.sent(Topics.INGEST_LEDGER))
                .singleElement()
                .satisfies(record -> assertThat(record.value()).isNull());
        assertThat(transport.runOf(RunIdentity.of(claim))).isEmpty();
    }

    @Test
    void abandonedRun_leavesTheLedgerEntryOfAnotherRun() throws Exception {
        // Given
        Claim claim = MockKafka.claim(store, 3);
        LedgerEntry.Run mine = Ledger.entry(claim);
        LedgerEntry.Run other = new LedgerEntry.Run(
                mine.identity(), mine.shop(), mine.sha256(), mine.options(), mine.optionFiles(), "other", 1, "", 0);
        kafka.deliverToLedger(0, other);
        KafkaRunTransport transport = kafka.transport(kafka.connect(store, 1));
        // When
        transport.abandon(claim, RUN_FAILED);
        // Then
        assertThat(kafka.sent(Topics.RUN_LOG)).hasSize(1);
        assertThat(kafka.sent(Topics.INGEST_LEDGER)).isEmpty();
        assertThat(transport.runOf(RunIdentity.of(claim))).contains("other");
    }

    @Test
    void results_areReadInOrder() throws Exception {
        // Given
        KafkaRunTransport transport = kafka.transportAsOwner(store);
        deliverResult(0, result("good", 1, true));
        deliverResult(1, result("bad", 2, false));
        // When
        List<RunTransport.Result> results =
                List.of(transport.results().get(0), transport.results().get(0));
        // Then
        assertThat(results)
                .extracting(
                        result -> result.run().runId(),
                        RunTransport.Result::attempt,
                        result -> result.failure().map(Rejection::code))
                .containsExactly(
                        tuple("good", 1, Optional.empty()), tuple("bad", 2, Optional.of(FailureCode.EXPORT_FAILED)));
    }

    @Test
    void resultWithASignatureOfAnotherRun_isNotSigned() throws Exception {
        // Given
        KafkaRunTransport transport = kafka.transportAsOwner(store);
        RunResult earlier = MockKafka.SIGNER.sign(result("earlier", 1, true));
        RunResult forged = copyUnder("victim", earlier);
        byte[] value = MockKafka.encoded(Topics.RUN_RESULTS, forged);
        MockKafka.deliver(kafka.results, MockKafka.RESULTS, 0, "local/victim", value);
        deliverResult(1, result("victim", 1, true));
        // When
        List<RunTransport.Result> results = new ArrayList<>(transport.results());
        results.addAll(transport.results());
        // Then
        assertThat(results).extracting(RunTransport.Result::signed).containsExactly(false, true);
    }

    @Test
    void unreadableResult_isSkippedAndReported() throws Exception {
        // Given
        KafkaRunTransport transport = kafka.transportAsOwner(store);
        MockKafka.deliver(kafka.results, MockKafka.RESULTS, 0, "local/good", new byte[] {1, 2, 3});
        // When
        List<RunTransport.Result> results = transport.results();
        // Then
        assertThat(results).isEmpty();
        assertThat(kafka.skipped).containsExactly(Topics.RUN_RESULTS.in(Namespace.DEFAULT) + " 0 0");
    }

    @Test
    void resultWithAnUnknownSchema_isADeadLetterAndTheNextOneIsRead() throws Exception {
        // Given
        KafkaRunTransport transport = kafka.transportAsOwner(store);
        byte[] newer = MockKafka.encoded(Topics.RUN_RESULTS, result("newer", 1, true));
        newer[5]++;
        MockKafka.deliver(kafka.results, MockKafka.RESULTS, 0, "local/newer", newer);
        deliverResult(1, result("good", 1, true));
        // When
        List<RunTransport.Result> results = new ArrayList<>(transport.results());
        results.addAll(transport.results());
        // Then
        assertThat(results).extracting(result -> result.run().runId()).containsExactly("good");
        assertThat(kafka.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo(Topics.RUN_RESULTS.in(Namespace.DEFAULT) + "/0/0");
            assertThat(letter.value()).isEqualTo(newer);
        });
    }

    @Test
    void takeOverByAnotherNode_isDetectedWithoutSending() throws Exception {
        // Given
        KafkaRunTransport transport = kafka.transportAsOwner(store);
        Optional<LedgerEntry.RootOwner> there =
                Optional.of(new LedgerEntry.RootOwner(MockKafka.ROOT.toString(), "there", 2, 0));
        kafka.deliverToLedger(1, there.get());
        kafka.producer.fenceProducer();
        // When
        var reading = assertThatThrownBy(transport::results);
        // Then
        reading.isInstanceOf(TransportUnavailableException.class).hasCauseInstanceOf(ProducerFencedException.class);
        assertThat(kafka.ownership.takenOverBy(there)).contains("there");
    }

    @Test
    void signatureOfANodeThatFencesNothing_isReplaced() throws Exception {
        // Given
        KafkaRunTransport transport = kafka.transportAsOwner(store);
        Optional<LedgerEntry.RootOwner> forged =
                Optional.of(new LedgerEntry.RootOwner(MockKafka.ROOT.toString(), "there", 2, 0));
        kafka.deliverToLedger(1, forged.get());
        // When
        List<RunTransport.Result> results = transport.results();
        // Then
        assertThat(results).isEmpty();
        assertThat(kafka.ownership.takenOverBy(forged)).isEmpty();
    }

    private void deliverResult(long offset, RunResult result) {
        byte[] value = MockKafka.encoded(Topics.RUN_RESULTS, MockKafka.SIGNER.sign(result));
        MockKafka.deliver(kafka.results, MockKafka.RESULTS, offset, result.key().toString(), value);
    }

    private static RunResult copyUnder(String runId, RunResult other) {
        return result(runId, other.attempt(), other.ok(), other.signature());
    }

    private static RunResult result(String runId, int attempt, boolean ok) {
        return result(runId, attempt, ok, "");
    }

    private static RunResult result(String runId, int attempt, boolean ok, String signature) {
        return new RunResult(
                new RunKey("local", runId),
                "default",
                attempt,
                "pull.csv",
                "",
                ok,
                "",
                ok ? "" : "EXPORT_FAILED",
                "",
                "",
                "",
                "",
                0,
                0,
                0,
                0,
                0,
                0,
                signature);
    }

    private RunTransport.Prepared prepare(KafkaRunTransport transport, Claim claim) throws Exception {
        return transport.prepare(claim, MockKafka.stored(store, claim));
    }
}
