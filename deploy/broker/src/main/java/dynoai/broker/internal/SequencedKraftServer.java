package dynoai.broker.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
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
 * Kafka's controller and broker in this process. The controller unregisters the node's previous broker before the new one
 * starts.
 *
 * <p>After a kill the metadata still name the previous broker as leader. A broker that starts then loads its coordinators at
 * once, sends transaction markers to the old endpoint, and drops them when the old registration is fenced: {@code
 * KRaftMetadataCache.getPartitionLeaderEndpoint} is empty for a partition without a leader, as if it had been deleted
 * (KAFKA-20734). {@code read_committed} consumers then stay at the last stable offset. Unregistering also saves the wait for
 * the old session to expire.
 *
 * <p>Remove when the Kafka in use contains the fix of KAFKA-20734 (4.4.0 does not) and {@code UnfinishedCommitTest} passes with
 * {@code KafkaRaftServer}; {@code SequencedKraftServerTest} fails once the fix is there. The session timeout in {@code
 * BrokerProperties} must be lowered then.
 */
public final class SequencedKraftServer {
    private static final long CONTROLLER_SECONDS = 30;
    /** The controlled shutdown may take longer on a busy machine; the next start does not depend on it. */
    private static final Duration CONTROLLED_SHUTDOWN = Duration.ofSeconds(1);

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final int node;
    private final ControllerServer controller;
    private final BrokerServer broker;

    private SequencedKraftServer(int node, ControllerServer controller, BrokerServer broker) {
        this.node = node;
        this.controller = controller;
        this.broker = broker;
    }

    /** Prepares both on a formatted directory; nothing runs yet. */
    public static SequencedKraftServer of(Properties settings) throws Exception {
        KafkaConfig config = KafkaConfig.fromProps(settings, false);
        String directory = config.metadataLogDir();
        MetaPropertiesEnsemble properties = properties(directory);
        String cluster = properties.clusterId().orElseThrow(() -> new IOException(directory + " has no cluster id"));
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
    public void startup() throws InterruptedException, TimeoutException {
        controller.startup();
        unregisterPrevious();
        broker.startup();
    }

    private void unregisterPrevious() throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONTROLLER_SECONDS);
        while (!isUnregistered(controller.controller())) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the controller was not active within " + CONTROLLER_SECONDS + " s");
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    private boolean isUnregistered(Controller active) throws InterruptedException, TimeoutException {
        ControllerRequestContext context =
                new ControllerRequestContext(new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.empty());
        try {
            active.unregisterBroker(context, node).get(CONTROLLER_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BrokerIdNotRegisteredException) {
                return true;
            }
            if (e.getCause() instanceof NotControllerException) {
                return false;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Stops both, as far as they were started. */
    public void shutdown() {
        broker.shutdown(CONTROLLED_SHUTDOWN);
        controller.shutdown();
        broker.awaitShutdown();
        controller.awaitShutdown();
    }
}
