package dynoai.broker;

import dynoai.broker.internal.BrokerMetrics;
import dynoai.broker.internal.FatalErrors;
import dynoai.broker.internal.KraftStorage;
import dynoai.broker.internal.SequencedKraftServer;
import dynoai.schemas.file.LockFile;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A KRaft broker and controller in this JVM, on loopback only, with a locked data directory. Losing that directory loses no
 * run: files hold the runs, Kafka moves them.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final int ATTEMPTS = 3;

    private final LockFile lock;
    private final SequencedKraftServer server;
    private final Map<String, Object> client;
    private final int controllerPort;

    private EmbeddedBroker(LockFile lock, SequencedKraftServer server, Map<String, String> client, int controllerPort) {
        this.lock = lock;
        this.server = server;
        this.client = Map.copyOf(client);
        this.controllerPort = controllerPort;
    }

    /**
     * Starts the broker and waits until it serves.
     *
     * @param data the node's data directory; created if missing
     * @param port the broker's port, or 0 for any free one
     * @throws BrokerStartException if the directory is in use or unfit, or the broker cannot start; the message says what to do
     */
    public static EmbeddedBroker start(Path data, int port) throws BrokerStartException {
        return start(data, port, KraftStorage.RELEASE);
    }

    /** @param release the feature level of a new directory; an existing one keeps its own */
    static EmbeddedBroker start(Path data, int port, String release) throws BrokerStartException {
        DataDirectory directory = DataDirectory.prepare(data);
        LockFile lock = directory.lock();
        try {
            FatalErrors.install();
            BrokerClient client = client(directory);
            format(directory.kafka(), release);
            return start(directory, lock, port, client);
        } catch (BrokerStartException | RuntimeException e) {
            DataDirectory.unlock(lock);
            throw e;
        }
    }

    private static EmbeddedBroker start(DataDirectory directory, LockFile lock, int port, BrokerClient client)
            throws BrokerStartException {
        for (int attempt = 1; ; attempt++) {
            Ports ports = Ports.free(port);
            SequencedKraftServer server = null;
            try {
                BrokerMetrics.removeState();
                server = SequencedKraftServer.of(BrokerProperties.of(directory.kafka(), ports, client));
                server.startup();
                String bootstrap = "127.0.0.1:" + ports.broker();
                client.write(directory.root(), bootstrap);
                LOG.info("broker serves on {}, data in {}", bootstrap, directory.root());
                return new EmbeddedBroker(lock, server, client.properties(bootstrap), ports.controller());
            } catch (Exception e) {
                shutDown(server);
                if (port != 0 || attempt == ATTEMPTS || !isPortTaken(e)) {
                    throw new BrokerStartException(
                            "the embedded broker did not start on port " + ports.broker() + " with data in "
                                    + directory.root() + ": " + e,
                            e);
                }
            }
        }
    }

    /** Stops a half-started server, whose threads would keep the JVM alive. */
    private static void shutDown(@Nullable SequencedKraftServer server) {
        if (server != null) {
            try {
                server.shutdown();
            } catch (RuntimeException e) {
                LOG.warn("the half-started broker did not shut down cleanly", e);
            }
        }
    }

    private static boolean isPortTaken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    || String.valueOf(cause.getMessage()).contains("already in use")) {
                return true;
            }
        }
        return false;
    }

    private static BrokerClient client(DataDirectory directory) throws BrokerStartException {
        try {
            directory.restrictKafka();
            return BrokerClient.in(directory.root());
        } catch (IOException | UnsupportedOperationException e) {
            throw new BrokerStartException(
                    "cannot keep other users from the broker's data in " + directory.root() + ": " + e, e);
        }
    }

    private static void format(Path kafka, String release) throws BrokerStartException {
        try {
            KraftStorage.format(kafka, BrokerProperties.NODE_ID, BrokerProperties.CONTROLLER_LISTENER, release);
        } catch (Exception e) {
            throw new BrokerStartException("cannot format the broker's directory " + kafka + ": " + e, e);
        }
    }

    /** Host and port for clients. */
    public String bootstrapServers() {
        return String.valueOf(client.get("bootstrap.servers"));
    }

    /** Returns the properties that clients need: address and secret. */
    public Map<String, Object> clientProperties() {
        return client;
    }

    int controllerPort() {
        return controllerPort;
    }

    public BrokerHealth health() {
        return BrokerHealth.ofThisProcess();
    }

    /** Stops the broker and unlocks the directory. */
    @Override
    public void close() {
        server.shutdown();
        DataDirectory.unlock(lock);
    }
}
