package dynoai.ingest.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        RecordMetadata end = writer.write(log, Ledger.entry(claim));
        // Then
        assertThat(kafka.producer.commitCount()).isEqualTo(3);
        assertThat(kafka.runLog())
                .extracting(record -> record.getClass().getSimpleName())
                .containsExactly("Started", "Block", "Block", "Block", "Ended");
        assertThat(end.offset()).isEqualTo(4);
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
                new Transactions(kafka.producer, Namespace.DEFAULT), store, false, maxRowsPerTransaction);
    }
}
