package dynoai.ingest.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.store.FolderStore;
import dynoai.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunLogWriterTest {
    @TempDir
    Path store;

    private final MockKafka kafka = new MockKafka();

    @Test
    void longLog_isSplitIntoTransactionsAtTheRowLimit() throws Exception {
        // Given
        Claim claim = MockKafka.claim(store, 3_000);
        EncodedLog log = EncodedLog.of(claim, MockKafka.stored(store, claim), MockKafka.SIGNER, IngestEvents.NONE, 0);
        RunLogWriter writer = writer(1_000);
        // When
        RecordMetadata end = writer.write(log, Ledger.entry(claim)).end();
        // Then
        assertThat(kafka.producer.commitCount()).isEqualTo(3);
        assertThat(kafka.runLog())
                .extracting(record -> record.getClass().getSimpleName())
                .containsExactly("Started", "Block", "Block", "Block", "Ended");
        assertThat(end.offset()).isEqualTo(4);
    }

    @Test
    void largeRun_isInAPartitionWithoutSmallRuns() throws Exception {
        // Given
        MockProducer<String, byte[]> producer = MockKafka.producer(4);
        producer.initTransactions();
        RunLogWriter writer = new RunLogWriter(
                new Transactions(producer, Namespace.DEFAULT, CommitGuard.NONE),
                new FolderStore(store),
                false,
                Long.MAX_VALUE);
        Claim large = MockKafka.claim(store, 500_001);
        Claim small = MockKafka.claim(store, 500_000);
        // When
        writer.write(
                EncodedLog.of(large, MockKafka.stored(store, large), MockKafka.SIGNER, IngestEvents.NONE),
                Ledger.entry(large));
        int ofLarge = partitionOf(producer);
        producer.clear();
        writer.write(
                EncodedLog.of(small, MockKafka.stored(store, small), MockKafka.SIGNER, IngestEvents.NONE),
                Ledger.entry(small));
        // Then
        assertThat(ofLarge).isEqualTo(3);
        assertThat(partitionOf(producer)).isLessThan(3);
    }

    /** Returns the only partition of the run log that has records. */
    private static int partitionOf(MockProducer<String, byte[]> producer) {
        Set<Integer> partitions = producer.history().stream()
                .filter(record -> record.topic().equals(MockKafka.RUN_LOG.topic()))
                .map(ProducerRecord::partition)
                .collect(Collectors.toSet());
        assertThat(partitions).hasSize(1);
        return partitions.iterator().next();
    }

    @Test
    void ledgerEntry_isInTheLastTransactionOfALongLog() throws Exception {
        // Given
        Claim claim = MockKafka.claim(store, 3_000);
        EncodedLog log = EncodedLog.of(claim, MockKafka.stored(store, claim), MockKafka.SIGNER, IngestEvents.NONE, 0);
        RunLogWriter writer = writer(1_000);
        // When
        writer.write(log, Ledger.entry(claim));
        // Then
        assertThat(kafka.producer.history().get(kafka.producer.history().size() - 1))
                .satisfies(last -> assertThat(last.topic()).isEqualTo(Topics.INGEST_LEDGER.in(Namespace.DEFAULT)));
    }

    @Test
    void recordsReadAgain_equalTheKeptOnes() throws Exception {
        // Given
        Claim claim = MockKafka.claim(store, 3_000);
        RunLogWriter writer = writer(Long.MAX_VALUE);
        writer.write(
                EncodedLog.of(claim, MockKafka.stored(store, claim), MockKafka.SIGNER, IngestEvents.NONE),
                Ledger.entry(claim));
        var kept = kafka.producer.history();
        kafka.producer.clear();
        EncodedLog log = EncodedLog.of(claim, MockKafka.stored(store, claim), MockKafka.SIGNER, IngestEvents.NONE, 0);
        // When
        writer.write(log, Ledger.entry(claim));
        // Then
        assertThat(kafka.producer.history())
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(kept);
    }

    @Test
    void everyRecord_carriesTheAttemptOfTheClaim() throws Exception {
        // Given
        Claim claim = MockKafka.claim(store, 3);
        EncodedLog log = EncodedLog.of(claim, MockKafka.stored(store, claim), MockKafka.SIGNER, IngestEvents.NONE);
        RunLogWriter writer = writer(Long.MAX_VALUE);
        // When
        writer.write(log, Ledger.entry(claim));
        // Then
        assertThat(kafka.runLog()).extracting(RunLogRecord::attempt).containsOnly(claim.attempt());
    }

    @Test
    void longLogMissingFromTheStore_isAborted() throws Exception {
        // Given
        Claim claim = MockKafka.claim(store, 3);
        EncodedLog log = EncodedLog.of(claim, MockKafka.stored(store, claim), MockKafka.SIGNER, IngestEvents.NONE, 0);
        Files.delete(MockKafka.stored(store, claim));
        RunLogWriter writer = writer(Long.MAX_VALUE);
        // When
        var writing = assertThatThrownBy(() -> writer.write(log, Ledger.entry(claim)));
        // Then
        writing.isInstanceOf(IOException.class);
        assertThat(kafka.producer.transactionAborted()).isTrue();
    }

    private RunLogWriter writer(long maxRowsPerTransaction) {
        kafka.producer.initTransactions();
        return new RunLogWriter(
                new Transactions(kafka.producer, Namespace.DEFAULT, CommitGuard.NONE),
                new FolderStore(store),
                false,
                maxRowsPerTransaction);
    }
}
