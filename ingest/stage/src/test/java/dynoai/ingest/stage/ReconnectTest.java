package dynoai.ingest.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.run.RunTransport;
import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReconnectTest {
    @TempDir
    Path store;

    private final MockKafka before = new MockKafka();
    private final MockKafka after = new MockKafka();

    @AfterEach
    void closeLedgers() throws Exception {
        before.close();
        after.close();
    }

    private final KafkaRunTransport transport = new KafkaRunTransport(
            new Ownership("here", InstantSource.system()), MockKafka.SIGNER, InstantSource.system(), IngestEvents.NONE);

    @Test
    void logPreparedBeforeAReconnect_isSentThroughTheNewConnection() throws Exception {
        // Given
        transport.use(before.connect(store, 0));
        Claim claim = MockKafka.claim(store, 3);
        RunTransport.Prepared prepared = transport.prepare(claim, MockKafka.stored(store, claim));
        before.producer.close();
        before.close();
        transport.use(after.connect(store, 0));
        // When
        prepared.send();
        // Then
        assertThat(after.sent(Topics.RUN_LOG)).hasSize(3);
        assertThat(before.sent(Topics.RUN_LOG)).isEmpty();
    }

    @Test
    void log_isPreparedWithoutAConnection() throws Exception {
        // Given
        Claim claim = MockKafka.claim(store, 3);
        // When
        RunTransport.Prepared prepared = transport.prepare(claim, MockKafka.stored(store, claim));
        // Then
        assertThat(prepared).isNotNull();
    }

    @Test
    void sendingWithoutAConnection_isATransientFailure() throws Exception {
        // Given
        Claim claim = MockKafka.claim(store, 3);
        RunTransport.Prepared prepared = transport.prepare(claim, MockKafka.stored(store, claim));
        // When
        var sending = assertThatThrownBy(prepared::send);
        // Then
        sending.isInstanceOf(TransportUnavailableException.class);
    }

    @Test
    void unsuitableLog_isRejectedWhenItIsPrepared() throws Exception {
        // Given
        Claim claim = MockKafka.claim(store, "a,b\n1,2\n");
        // When
        var preparing = assertThatThrownBy(() -> transport.prepare(claim, MockKafka.stored(store, claim)));
        // Then
        preparing.isInstanceOf(LogRejectedException.class);
    }
}
