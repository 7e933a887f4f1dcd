package dynoai.ingest.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.RunIdentity;
import dynoai.schemas.file.LockFile;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTest {
    @TempDir
    Path store;

    private final MockKafka kafka = new MockKafka();
    private Claim claim;
    private String key;

    @AfterEach
    void closeLedger() throws Exception {
        kafka.close();
    }

    @BeforeEach
    void claimALog() throws Exception {
        claim = MockKafka.claim(store, 3);
        key = Ledger.entry(claim).key();
    }

    @Test
    void entryBeforeTheEnd_isReadAtTheStart() throws Exception {
        // Given
        kafka.deliverToLedger(0, Ledger.entry(claim));
        // When
        Optional<String> run = kafka.readLedger(store, 1).runOf(RunIdentity.of(claim));
        // Then
        assertThat(run).contains(claim.runId());
    }

    @Test
    void entryOfAnotherIngest_isReadByTheNextLookup() throws Exception {
        // Given
        Ledger ledger = kafka.readLedger(store, 0);
        kafka.deliverToLedger(0, Ledger.entry(claim));
        // When
        Optional<String> run = ledger.runOf(RunIdentity.of(claim));
        // Then
        assertThat(run).contains(claim.runId());
    }

    @Test
    void deletedEntry_isForgotten() throws Exception {
        // Given
        kafka.deliverToLedger(0, Ledger.entry(claim));
        MockKafka.deliver(kafka.ledger, MockKafka.LEDGER, 1, key, null);
        // When
        Optional<String> run = kafka.readLedger(store, 2).runOf(RunIdentity.of(claim));
        // Then
        assertThat(run).isEmpty();
    }

    @Test
    void unreadableEntry_isReportedAndMakesItsIdentityFree() throws Exception {
        // Given
        kafka.deliverToLedger(0, Ledger.entry(claim));
        MockKafka.deliver(kafka.ledger, MockKafka.LEDGER, 1, key, new byte[] {1});
        // When
        Optional<String> run = kafka.readLedger(store, 2).runOf(RunIdentity.of(claim));
        // Then
        assertThat(run).isEmpty();
        assertThat(kafka.skipped).containsExactly(MockKafka.LEDGER.topic() + " 0 1");
    }

    @Test
    void entryWithAnUnknownSchema_isADeadLetter() throws Exception {
        // Given
        byte[] newer = MockKafka.encoded(Topics.INGEST_LEDGER, Ledger.entry(claim));
        newer[5]++;
        MockKafka.deliver(kafka.ledger, MockKafka.LEDGER, 0, key, newer);
        KafkaConnection connection = kafka.connect(store, 1);
        // When
        connection.sendDeadLetters();
        // Then
        assertThat(kafka.deadLetters())
                .extracting(ProducerRecord::key)
                .containsExactly(MockKafka.LEDGER.topic() + "/0/0");
        assertThat(kafka.skipped).isEmpty();
    }

    @Test
    void ownerOfAnotherFolder_isNotOurs() throws Exception {
        // Given
        Ledger ledger = kafka.readLedger(store, 0);
        kafka.deliverToLedger(0, new LedgerEntry.RootOwner("another folder", "there", 9, 0));
        // When
        Optional<LedgerEntry.RootOwner> owner = ledger.owner(MockKafka.ROOT.toString());
        // Then
        assertThat(owner).isEmpty();
    }

    /** Connects a new process to the same topic, of which only what is delivered from now on can be read. */
    private Ledger restart(long end) throws Exception {
        kafka.close();
        kafka.ledger = MockKafka.consumer(MockKafka.LEDGER);
        kafka.ledger.updateEndOffsets(Map.of(MockKafka.LEDGER, end));
        return kafka.readLedger(store, end);
    }

    @Test
    void entryReadByAnEarlierProcess_isNotReadAgain() throws Exception {
        // Given
        kafka.deliverToLedger(0, Ledger.entry(claim));
        kafka.readLedger(store, 1);
        // When
        Ledger ledger = restart(1);
        // Then
        assertThat(ledger.runOf(RunIdentity.of(claim))).contains(claim.runId());
        assertThat(kafka.ledger.position(MockKafka.LEDGER)).isEqualTo(1);
    }

    @Test
    void entryReadBeforeAReconnect_isNotReadAgain() throws Exception {
        // Given
        kafka.deliverToLedger(0, Ledger.entry(claim));
        Ledger ledger = kafka.readLedger(store, 1);
        kafka.ledger.setPollException(new KafkaException("no leader"));
        assertThatThrownBy(() -> ledger.runOf(RunIdentity.of(claim))).isInstanceOf(KafkaException.class);
        // When
        Optional<String> run = ledger.runOf(RunIdentity.of(claim));
        // Then
        assertThat(run).contains(claim.runId());
        assertThat(kafka.ledger.position(MockKafka.LEDGER)).isEqualTo(1);
    }

    @Test
    void entryOfATopicThatWasCreatedAgain_isForgotten() throws Exception {
        // Given
        kafka.deliverToLedger(0, Ledger.entry(claim));
        kafka.readLedger(store, 1);
        kafka.ledgerTopic = "cluster/topic-2";
        // When
        Ledger ledger = restart(0);
        // Then
        assertThat(ledger.runOf(RunIdentity.of(claim))).isEmpty();
    }

    @Test
    void entriesThatKafkaLost_areForgottenAndTheRestIsReadAgain() throws Exception {
        // Given
        Ledger ledger = kafka.readLedger(store, 0);
        kafka.deliverToLedger(0, Ledger.entry(claim));
        ledger.runOf(RunIdentity.of(claim));
        kafka.ledger.updateEndOffsets(Map.of(MockKafka.LEDGER, 0L));
        kafka.ledger.setPollException(new OffsetOutOfRangeException(Map.of(MockKafka.LEDGER, 1L)));
        // When
        Optional<String> run = ledger.runOf(RunIdentity.of(claim));
        // Then
        assertThat(run).isEmpty();
    }

    @Test
    void entryThatTheTopicNoLongerHolds_isForgottenAtTheNextConnection() throws Exception {
        // Given
        kafka.deliverToLedger(0, Ledger.entry(claim));
        Ledger ledger = kafka.readLedger(store, 1);
        kafka.ledger.updateBeginningOffsets(Map.of(MockKafka.LEDGER, 1L));
        // When
        ledger.catchUp();
        // Then
        assertThat(ledger.runOf(RunIdentity.of(claim))).isEmpty();
    }

    @Test
    void ownEntry_isNotReplacedByAnOlderOneThatIsReadLater() throws Exception {
        // Given
        Ledger ledger = kafka.readLedger(store, 0);
        ledger.committed(Ledger.entry(claim), 1);
        MockKafka.deliver(kafka.ledger, MockKafka.LEDGER, 0, key, null);
        // When
        Optional<String> run = ledger.runOf(RunIdentity.of(claim));
        // Then
        assertThat(run).contains(claim.runId());
    }

    @Test
    void ownDeletedEntry_isNotFoundBeforeItIsReadBack() throws Exception {
        // Given
        kafka.deliverToLedger(0, Ledger.entry(claim));
        Ledger ledger = kafka.readLedger(store, 1);
        // When
        ledger.deleted(key, 1);
        // Then
        assertThat(ledger.runOf(RunIdentity.of(claim))).isEmpty();
    }

    @Test
    void damagedCache_isReadFromTheTopicAgain() throws Exception {
        // Given
        kafka.deliverToLedger(0, Ledger.entry(claim));
        kafka.readLedger(store, 1);
        kafka.close();
        Path current = store.resolve("ledger/rocksdb/CURRENT");
        Files.writeString(current, "no manifest");
        kafka.ledger = MockKafka.consumer(MockKafka.LEDGER);
        kafka.deliverToLedger(0, Ledger.entry(claim));
        // When
        Ledger ledger = kafka.readLedger(store, 1);
        // Then
        assertThat(ledger.runOf(RunIdentity.of(claim))).contains(claim.runId());
    }

    @Test
    void cacheInUse_isNotOpenedASecondTime() throws Exception {
        // Given
        kafka.readLedger(store, 0);
        // When
        var opening = assertThatThrownBy(() -> LedgerCache.open(store.resolve("ledger")));
        // Then
        opening.isInstanceOf(LockFile.HeldException.class);
    }

    @Test
    void entryOfAnUnknownSchema_isReadAgainAfterARestartUntilItIsSent() throws Exception {
        // Given
        byte[] newer = MockKafka.encoded(Topics.INGEST_LEDGER, Ledger.entry(claim));
        newer[5]++;
        MockKafka.deliver(kafka.ledger, MockKafka.LEDGER, 0, key, newer);
        kafka.readLedger(store, 1);
        kafka.close();
        kafka.ledger = MockKafka.consumer(MockKafka.LEDGER);
        MockKafka.deliver(kafka.ledger, MockKafka.LEDGER, 0, key, newer);
        // When
        Ledger ledger = kafka.readLedger(store, 1);
        // Then
        assertThat(ledger.deadLetters()).hasSize(1);
    }
}
