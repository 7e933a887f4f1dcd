package dynoai.broker;

import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.common.TransactionVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One KRaft broker and controller in this JVM, on loopback only, with its data in a directory that nobody else may use
 * meanwhile. Losing that directory loses nothing: files hold the runs, Kafka moves them.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final int ATTEMPTS = 3;

    /** Feature levels are chosen here and change only on purpose. */
    static final MetadataVersion METADATA = MetadataVersion.IBP_4_3_IV0;

    private final DirectoryLock lock;
    private final SequencedKraftServer server;
    private final String bootstrap;

    private EmbeddedBroker(DirectoryLock lock, SequencedKraftServer server, String bootstrap) {
        this.lock = lock;
        this.server = server;
        this.bootstrap = bootstrap;
    }

    /**
     * Starts the broker and waits until it serves.
     *
     * @param data the node's data directory; made if missing
     * @param port the broker's port, or 0 for any free one
     * @throws BrokerStartException when the directory is in use or unfit, or the broker cannot start; the message says what to do
     */
    public static EmbeddedBroker start(Path data, int port) throws BrokerStartException {
        return start(data, port, METADATA);
    }

    /** @param level of a directory that is made; one that is there keeps its own */
    static EmbeddedBroker start(Path data, int port, MetadataVersion level) throws BrokerStartException {
        DataDirectory directory = DataDirectory.prepare(data);
        DirectoryLock lock = DirectoryLock.take(directory.root());
        try {
            FatalErrors.install();
            format(directory, level);
            return start(directory, lock, port);
        } catch (BrokerStartException | RuntimeException refused) {
            lock.close();
            throw refused;
        }
    }

    private static EmbeddedBroker start(DataDirectory directory, DirectoryLock lock, int port)
            throws BrokerStartException {
        for (int attempt = 1; ; attempt++) {
            Ports ports = Ports.free(port);
            SequencedKraftServer server = null;
            try {
                KafkaConfig config = KafkaConfig.fromProps(
                        BrokerProperties.of(directory.kafka(), ports.broker(), ports.controller()), false);
                BrokerHealth.forgetEarlierBroker();
                server = SequencedKraftServer.of(config);
                server.startup();
                String bootstrap = "127.0.0.1:" + ports.broker();
                LOG.info("broker serves on {}, data in {}", bootstrap, directory.root());
                return new EmbeddedBroker(lock, server, bootstrap);
            } catch (Exception failed) {
                shutDown(server);
                boolean again = port == 0 && attempt < ATTEMPTS && isPortTaken(failed);
                if (!again) {
                    throw new BrokerStartException(
                            "the embedded broker did not start on " + ports.broker() + " with data in "
                                    + directory.root() + ": " + failed,
                            failed);
                }
            }
        }
    }

    /** Without this the threads of a half-started server keep the JVM alive. */
    private static void shutDown(@Nullable SequencedKraftServer server) {
        if (server != null) {
            try {
                server.shutdown();
            } catch (RuntimeException alsoFailed) {
                LOG.warn("the half-started broker did not shut down cleanly", alsoFailed);
            }
        }
    }

    private static boolean isPortTaken(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    || String.valueOf(cause.getMessage()).contains("already in use")) {
                return true;
            }
        }
        return false;
    }

    private static void format(DataDirectory directory, MetadataVersion level) throws BrokerStartException {
        Path kafka = directory.kafka();
        if (Files.exists(kafka.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(PrintStream.nullOutputStream(), false, "UTF-8"))
                    .setNodeId(BrokerProperties.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(kafka.toString())
                    .addDirectory(kafka.toString())
                    .setIgnoreFormatted(true)
                    .setReleaseVersion(level)
                    .setFeatureLevel(TransactionVersion.FEATURE_NAME, TransactionVersion.TV_2.featureLevel())
                    .run();
        } catch (Exception failed) {
            throw new BrokerStartException(
                    "the broker's directory " + kafka + " could not be set up: " + failed, failed);
        }
    }

    /** Host and port for clients. */
    public String bootstrapServers() {
        return bootstrap;
    }

    public BrokerHealth health() {
        return BrokerHealth.ofThisProcess();
    }

    /** Stops the broker and gives the directory free. */
    @Override
    public void close() {
        server.shutdown();
        lock.close();
    }
}
