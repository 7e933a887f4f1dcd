package dynoai.exporter.stage;

import static dynoai.exporter.stage.ExportFixture.LOG;
import static dynoai.exporter.stage.ExportFixture.LOG_NOT_IN_STORE;
import static dynoai.exporter.stage.ExportFixture.completed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.schemas.file.ContentPath;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.WriterSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedStoreTest {
    private static final TopicPartition LEDGER = new TopicPartition(Topics.INGEST_LEDGER.in(Namespace.DEFAULT), 0);

    @TempDir
    Path temp;

    private final RecordDecoder<LedgerEntry> decoder = Topics.INGEST_LEDGER.decoder(WriterSchemas.none());
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private ExportFixture fixture;
    private SharedStore store;

    @BeforeEach
    void createStore() throws Exception {
        fixture = new ExportFixture(temp);
        store = new SharedStore(fixture.settings(true));
    }

    @Test
    void storeWithALogOfTheLedger_isTheIngestsStore() {
        // Given
        ledger(run(LOG_NOT_IN_STORE), run(LOG));
        // When
        Optional<String> mismatch = store.mismatch(consumer, decoder);
        // Then
        assertThat(mismatch).isEmpty();
    }

    @Test
    void storeWithoutTheLogsOfTheLedger_isAMismatch() {
        // Given
        ledger(run(LOG_NOT_IN_STORE), "no record".getBytes(UTF_8));
        // When
        Optional<String> mismatch = store.mismatch(consumer, decoder);
        // Then
        assertThat(mismatch).hasValueSatisfying(why -> assertThat(why).contains("none of the 1 logs"));
    }

    @Test
    void emptyLedger_leavesTheStoreUnverified() {
        // Given
        ledger();
        // When
        Optional<String> mismatch = store.mismatch(consumer, decoder);
        // Then
        assertThat(mismatch).isEmpty();
    }

    @Test
    void missingLogOfAnUnverifiedStore_isATransientFailure() throws Exception {
        // Given
        RunOutcome.Completed run = completed("local", LOG_NOT_IN_STORE, Map.of(), 1);
        // When
        var read = assertThatThrownBy(() -> store.log(run.started()));
        // Then
        read.isInstanceOf(TransientFailureException.class);
    }

    @Test
    void missingLogOfAVerifiedStore_isAFailure() throws Exception {
        // Given
        store.log(completed().started());
        RunOutcome.Completed run = completed("local", LOG_NOT_IN_STORE, Map.of(), 1);
        // When
        var read = assertThatThrownBy(() -> store.log(run.started()));
        // Then
        read.isInstanceOf(IOException.class).isNotInstanceOf(TransientFailureException.class);
    }

    @Test
    void logWithAnotherHash_isAFailure() throws Exception {
        // Given
        Files.writeString(ContentPath.of(fixture.store, Sha256.hex(LOG)), "changed");
        RunOutcome.Completed run = completed();
        // When
        var read = assertThatThrownBy(() -> store.log(run.started()));
        // Then
        read.isInstanceOf(IOException.class).hasMessageContaining("has another hash");
    }

    @Test
    void logStoredByThisProcess_isNotHashedAgain() throws Exception {
        // Given
        Path log = ContentPath.of(fixture.store, Sha256.hex(LOG));
        fixture.stored.add(log);
        FileTime modified = Files.getLastModifiedTime(log);
        overwrite(log);
        Files.setLastModifiedTime(log, modified);
        // When
        Path read = new SharedStore(fixture.settings(false)).log(completed().started());
        // Then
        assertThat(read).isEqualTo(log);
    }

    @Test
    void logChangedSinceItWasStored_isAFailure() throws Exception {
        // Given
        Path log = ContentPath.of(fixture.store, Sha256.hex(LOG));
        fixture.stored.add(log);
        FileTime modified = Files.getLastModifiedTime(log);
        overwrite(log);
        Files.setLastModifiedTime(log, FileTime.fromMillis(modified.toMillis() + 1));
        RunOutcome.Completed run = completed();
        // When
        var read = assertThatThrownBy(() -> new SharedStore(fixture.settings(false)).log(run.started()));
        // Then
        read.isInstanceOf(IOException.class).hasMessageContaining("has another hash");
    }

    /** Writes other bytes of the same length into the file. */
    private static void overwrite(Path log) throws IOException {
        Files.write(log, new byte[LOG.length], StandardOpenOption.WRITE);
    }

    private void ledger(byte[]... entries) {
        consumer.updateEndOffsets(Map.of(LEDGER, (long) entries.length));
        consumer.schedulePollTask(() -> {
            for (int offset = 0; offset < entries.length; offset++) {
                consumer.addRecord(new ConsumerRecord<>(LEDGER.topic(), 0, offset, "key", entries[offset]));
            }
        });
    }

    private static byte[] run(byte[] log) {
        return Topics.INGEST_LEDGER
                .format()
                .encode(new LedgerEntry.Run(
                        "identity", "local", Sha256.hex(log), Map.of(), Map.of(), ExportFixture.RUN, 1, "pull.csv", 7));
    }
}
