package dynoai.ingest.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.RunIdentity;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTest {
    @TempDir
    Path store;

    private final MockKafka kafka = new MockKafka();
    private Claim claim;
    private String key;

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
        Optional<String> run = kafka.connect(store, 1).ledger().runOf(RunIdentity.of(claim));
        // Then
        assertThat(run).contains(claim.runId());
    }

    @Test
    void entryOfAnotherIngest_isReadByTheNextLookup() throws Exception {
        // Given
        Ledger ledger = kafka.connect(store, 0).ledger();
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
        MockKafka.deliver(kafka.ledger, Ledger.partition(Namespace.DEFAULT), 1, key, null);
        // When
        Optional<String> run = kafka.connect(store, 2).ledger().runOf(RunIdentity.of(claim));
        // Then
        assertThat(run).isEmpty();
    }

    @Test
    void unreadableEntry_isReportedAndMakesItsIdentityFree() throws Exception {
        // Given
        kafka.deliverToLedger(0, Ledger.entry(claim));
        MockKafka.deliver(kafka.ledger, Ledger.partition(Namespace.DEFAULT), 1, key, new byte[] {1});
        // When
        Optional<String> run = kafka.connect(store, 2).ledger().runOf(RunIdentity.of(claim));
        // Then
        assertThat(run).isEmpty();
        assertThat(kafka.skipped)
                .containsExactly(Ledger.partition(Namespace.DEFAULT).topic() + " 0 1");
    }

    @Test
    void entryWithAnUnknownSchema_isADeadLetter() throws Exception {
        // Given
        byte[] newer = MockKafka.encoded(Topics.INGEST_LEDGER, Ledger.entry(claim));
        newer[5]++;
        MockKafka.deliver(kafka.ledger, Ledger.partition(Namespace.DEFAULT), 0, key, newer);
        KafkaConnection connection = kafka.connect(store, 1);
        // When
        connection.transactions().sendDeadLetters();
        // Then
        assertThat(kafka.deadLetters())
                .extracting(ProducerRecord::key)
                .containsExactly(Ledger.partition(Namespace.DEFAULT).topic() + "/0/0");
        assertThat(kafka.skipped).isEmpty();
    }

    @Test
    void ownerOfAnotherFolder_isNotOurs() throws Exception {
        // Given
        Ledger ledger = kafka.connect(store, 0).ledger();
        kafka.deliverToLedger(0, new LedgerEntry.RootOwner("another folder", "there", 9, 0));
        // When
        Optional<LedgerEntry.RootOwner> owner = ledger.owner();
        // Then
        assertThat(owner).isEmpty();
    }
}
