package dynoai.ingest.stage;

import dynoai.ingest.folder.Claim;
import dynoai.ingest.folder.RunIdentity;
import dynoai.ingest.folder.RunTransport;
import dynoai.ingest.folder.TransportUnavailableException;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The transport of a drop folder. Uses the current connection to Kafka, also for logs prepared before a reconnect. */
final class ReconnectingTransport implements RunTransport {
    private volatile @Nullable KafkaRunTransport current;

    /** @param connection the connection to use from now on, or null while disconnected */
    void use(@Nullable KafkaRunTransport connection) {
        current = connection;
    }

    private KafkaRunTransport connection() throws TransportUnavailableException {
        KafkaRunTransport connection = current;
        if (connection == null) {
            throw new TransportUnavailableException("not connected to Kafka", null);
        }
        return connection;
    }

    @Override
    public Prepared prepare(Claim claim, Path bytes) throws LogRejectedException, IOException {
        EncodedLog log = EncodedLog.of(claim, bytes);
        return () -> connection().send(log);
    }

    @Override
    public Optional<String> runOf(RunIdentity identity) throws TransportUnavailableException {
        return connection().runOf(identity);
    }

    @Override
    public void reject(Claim claim, Rejection rejection) throws TransportUnavailableException {
        connection().reject(claim, rejection);
    }

    @Override
    public void abandon(Claim claim, Rejection rejection) throws TransportUnavailableException {
        connection().abandon(claim, rejection);
    }

    @Override
    public boolean isInFlight(Claim claim, String receipt) throws TransportUnavailableException {
        return connection().isInFlight(claim, receipt);
    }

    @Override
    public List<Result> results() throws TransportUnavailableException {
        return connection().results();
    }
}
