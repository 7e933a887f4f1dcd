package dynoai.broker;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.controller.Controller;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.metadata.bootstrap.BootstrapDirectory;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * Kafka's controller and broker in this process. After a kill the metadata still name the dead broker as leader. A broker
 * that starts into that takes up its coordinators' work at once, sends the ends of transactions to the dead one's port, and
 * loses them when the dead one is struck out; whoever reads what is committed then waits behind those transactions for ever.
 * So the controller strikes it out before the broker starts, which also spares the wait for its session to run out.
 */
final class SequencedKraftServer {
    private static final long PATIENCE_SECONDS = 30;
    private static final Duration TIME_TO_SAY_GOODBYE = Duration.ofSeconds(1);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final int node;
    private final ControllerServer controller;
    private final BrokerServer broker;

    private SequencedKraftServer(int node, ControllerServer controller, BrokerServer broker) {
        this.node = node;
        this.controller = controller;
        this.broker = broker;
    }

    /** Prepares both; nothing runs yet. The directory has been formatted. */
    static SequencedKraftServer of(KafkaConfig config) throws Exception {
        String directory = config.metadataLogDir();
        MetaPropertiesEnsemble properties = properties(directory);
        String cluster = properties.clusterId().orElseThrow(() -> new IOException(directory + " names no cluster"));
        Metrics metrics = Server.initializeMetrics(config, Time.SYSTEM, cluster);
        SharedServer shared = new SharedServer(
                config,
                properties,
                Time.SYSTEM,
                metrics,
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                new StandardFaultHandlerFactory(),
                ServerSocketFactory.INSTANCE);
        BootstrapMetadata bootstrap = new BootstrapDirectory(directory).read();
        return new SequencedKraftServer(
                config.nodeId(),
                new ControllerServer(shared, KafkaRaftServer.configSchema(), bootstrap),
                new BrokerServer(shared));
    }

    private static MetaPropertiesEnsemble properties(String directory) throws IOException {
        return new MetaPropertiesEnsemble.Loader()
                .addMetadataLogDir(directory)
                .addLogDirs(List.of(directory))
                .load();
    }

    /** Starts both; returns when the broker serves. */
    void startup() throws InterruptedException, TimeoutException {
        controller.startup();
        strikeOut();
        broker.startup();
    }

    private void strikeOut() throws InterruptedException, TimeoutException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isStruckOut(controller.controller())) {
            if (System.nanoTime() > until) {
                throw new TimeoutException("the controller did not begin to work within " + PATIENCE_SECONDS + " s");
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private boolean isStruckOut(Controller active) throws InterruptedException, TimeoutException {
        ControllerRequestContext asked =
                new ControllerRequestContext(new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.empty());
        try {
            active.unregisterBroker(asked, node).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof BrokerIdNotRegisteredException) {
                return true;
            }
            if (refused.getCause() instanceof NotControllerException) {
                return false;
            }
            throw new IllegalStateException(refused.getCause());
        }
    }

    /**
     * Stops both, as far as they were started. The controller may take long to be told on a busy machine; the next start does
     * not need it to be.
     */
    void shutdown() {
        broker.shutdown(TIME_TO_SAY_GOODBYE);
        controller.shutdown();
        broker.awaitShutdown();
        controller.awaitShutdown();
    }
}
