package dynoai.app.node;

import dynoai.analyzer.stream.AnalyzerSettings;
import dynoai.analyzer.stream.AnalyzerStage;
import dynoai.broker.BrokerHealth;
import dynoai.broker.BrokerStartException;
import dynoai.broker.EmbeddedBroker;
import dynoai.dashboard.api.Pages;
import dynoai.exporter.stage.ExporterEvents;
import dynoai.exporter.stage.ExporterSettings;
import dynoai.exporter.stage.ExporterStage;
import dynoai.ingest.folder.FolderSettings;
import dynoai.ingest.folder.IngestEvents;
import dynoai.ingest.stage.IngestSettings;
import dynoai.ingest.stage.IngestStage;
import dynoai.schemas.topic.KafkaUnavailableException;
import dynoai.schemas.topic.SchemaPublisher;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/**
 * Stages at work in this process: all of them around a broker of our own, or any of them against a Kafka elsewhere. Closing
 * stops the stages side by side, then the broker.
 */
public final class Pipeline implements AutoCloseable {
    /** What can run in a process. */
    public enum Role {
        INGEST,
        ANALYZER,
        EXPORTER
    }

    /** A listener for the events of the ingest and the exporter. */
    public interface Listener extends IngestEvents, ExporterEvents {
        @Override
        default void transientFailure(String where, Exception cause) {}
    }

    private static final long STOP_MILLIS = 3500;
    private static final long TOPICS_APPEAR_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final @Nullable EmbeddedBroker broker;
    private final String bootstrap;
    private final List<StageHandle> parts;
    private final @Nullable IngestStage ingest;
    private final @Nullable KafkaStreams streams;

    private Pipeline(
            @Nullable EmbeddedBroker broker,
            String bootstrap,
            List<StageHandle> parts,
            @Nullable IngestStage ingest,
            @Nullable KafkaStreams streams) {
        this.broker = broker;
        this.bootstrap = bootstrap;
        this.parts = parts;
        this.ingest = ingest;
        this.streams = streams;
    }

    /** Starts everything in this process. Whatever was started is stopped again when the rest cannot be. */
    public static Pipeline start(NodeSettings settings, Set<Role> roles, Listener listener)
            throws BrokerStartException, KafkaUnavailableException, IOException {
        return start(settings, roles, Listeners.of(listener));
    }

    /** The same, with listeners for each stage. */
    public static Pipeline start(NodeSettings settings, Set<Role> roles, Listeners listeners)
            throws BrokerStartException, KafkaUnavailableException, IOException {
        if (roles.contains(Role.ANALYZER)) {
            AnalyzerStage.warmUp();
        }
        EmbeddedBroker broker = settings.bootstrap() == null ? EmbeddedBroker.start(settings.data(), 0) : null;
        Builder builder = new Builder(settings, broker, listeners);
        try {
            builder.topics();
            for (Role role : roles) {
                builder.add(role);
            }
            return builder.pipeline();
        } catch (KafkaUnavailableException | IOException | RuntimeException failed) {
            builder.pipeline().close();
            throw failed;
        }
    }

    /** All stages. */
    public static Set<Role> everything() {
        return EnumSet.allOf(Role.class);
    }

    private static final class Builder {
        private final NodeSettings settings;
        private final @Nullable EmbeddedBroker broker;
        private final Listeners listeners;
        private final String bootstrap;
        private final Map<String, Object> client;
        private final TopicLayout layout;
        private final List<StageHandle> parts = new ArrayList<>();
        private @Nullable IngestStage ingest;
        private @Nullable KafkaStreams streams;

        private Builder(NodeSettings settings, @Nullable EmbeddedBroker broker, Listeners listeners) {
            this.settings = settings;
            this.broker = broker;
            this.listeners = listeners;
            this.bootstrap = broker != null ? broker.bootstrapServers() : String.valueOf(settings.bootstrap());
            this.client = settings.client(bootstrap);
            this.layout =
                    broker != null ? TopicLayout.ofEmbeddedBroker() : TopicLayout.ofCluster(settings.replication());
        }

        private void topics() throws KafkaUnavailableException {
            List<String> findings = AdminCall.ask(client, layout, this::findings);
            if (!findings.isEmpty()) {
                throw new KafkaUnavailableException(String.join("\n", findings));
            }
            SchemaPublisher.publish(client);
        }

        private List<String> findings(TopicAdmin topics) throws KafkaUnavailableException {
            if (broker != null) {
                topics.create();
            }
            List<String> findings = topics.check();
            long until = System.nanoTime() + TOPICS_APPEAR_NANOS;
            while (broker != null && !findings.isEmpty() && System.nanoTime() < until) {
                // A new topic is listed a moment after it was made.
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
                findings = topics.check();
            }
            return findings;
        }

        private void add(Role role) throws KafkaUnavailableException, IOException {
            switch (role) {
                case INGEST -> {
                    IngestStage stage = IngestStage.start(ingestSettings(), listeners.ingest());
                    ingest = stage;
                    parts.add(StageHandle.of(stage));
                }
                case ANALYZER -> {
                    Listeners watched = listeners.and(IngestEvents.NONE, new AnalyzerLog(), ExporterEvents.NONE);
                    AnalyzerStage stage = AnalyzerStage.start(analyzerSettings(), watched.analyzer());
                    streams = stage.streams();
                    parts.add(StageHandle.of(stage));
                }
                case EXPORTER ->
                    parts.add(StageHandle.of(ExporterStage.start(exporterSettings(), listeners.exporter())));
            }
        }

        private String instance() throws IOException {
            String given = settings.instance();
            return given == null ? InstanceName.of(settings.data()) : given;
        }

        private IngestSettings ingestSettings() throws IOException {
            FolderSettings folder = FolderSettings.of(settings.drop(), settings.store())
                    .settle(settings.settle())
                    .poll(settings.poll())
                    .watch(settings.watch())
                    .takeExisting(settings.takeExisting())
                    .force(settings.force());
            String node = InetAddress.getLocalHost().getHostName() + "/" + instance();
            return new IngestSettings(folder, client, node, settings.publishRows());
        }

        private AnalyzerSettings analyzerSettings() throws IOException {
            return new AnalyzerSettings(
                    client,
                    layout,
                    settings.data().resolve(NodeSettings.STATE),
                    instance(),
                    settings.threads());
        }

        private ExporterSettings exporterSettings() throws IOException {
            return new ExporterSettings(
                    settings.runs(), settings.store(), client, instance(), settings.threads(), ingest == null);
        }

        private Pipeline pipeline() {
            return new Pipeline(broker, bootstrap, parts, ingest, streams);
        }
    }

    /** Whether every stage works. */
    public boolean isReady() {
        return parts.stream().allMatch(part -> part.ready().getAsBoolean());
    }

    /** Whether nothing is left to do: every file that may be taken is at its end, and no stage here is behind. */
    public boolean isIdle() {
        return ingest != null && parts.stream().allMatch(part -> part.idle().getAsBoolean());
    }

    /** The first stage that ended by itself, and why. */
    public Optional<String> failure() {
        return parts.stream()
                .flatMap(part -> part.failure().get().map(why -> part.name() + ": " + why).stream())
                .findFirst();
    }

    public String bootstrap() {
        return bootstrap;
    }

    /** Kafka Streams' own metrics; empty where no analyzer runs. */
    public Optional<KafkaStreams> streams() {
        return Optional.ofNullable(streams);
    }

    /** How the broker of this process is; empty when Kafka runs elsewhere. */
    Optional<BrokerHealth> brokerHealth() {
        return Optional.ofNullable(broker).map(EmbeddedBroker::health);
    }

    public Pages.Health live() {
        Optional<String> failure = failure();
        return new Pages.Health(failure.isEmpty(), failure.orElse("live"));
    }

    public Pages.Health ready() {
        List<String> waiting = parts.stream()
                .filter(part -> !part.ready().getAsBoolean())
                .map(StageHandle::name)
                .toList();
        return new Pages.Health(
                waiting.isEmpty(), waiting.isEmpty() ? "ready" : "not ready: " + String.join(", ", waiting));
    }

    @Override
    public void close() {
        List<Thread> stopping = new ArrayList<>();
        for (StageHandle part : parts) {
            Thread thread = new Thread(() -> close(part), "stop-" + part.name());
            thread.start();
            stopping.add(thread);
        }
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
        try {
            for (Thread thread : stopping) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private static void close(StageHandle part) {
        try {
            part.stop().now();
        } catch (IOException | RuntimeException failed) {
            org.slf4j.LoggerFactory.getLogger(Pipeline.class).warn("stopping {}", part.name(), failed);
        }
    }
}
