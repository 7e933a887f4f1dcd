package dynoai.app.node;

import dynoai.analyzer.stream.AnalyzerSettings;
import dynoai.analyzer.stream.AnalyzerStage;
import dynoai.app.console.CommandException;
import dynoai.app.deadletter.DeadLetterMonitor;
import dynoai.broker.BrokerStartException;
import dynoai.broker.EmbeddedBroker;
import dynoai.exporter.stage.ExporterEvents;
import dynoai.exporter.stage.ExporterSettings;
import dynoai.exporter.stage.ExporterStage;
import dynoai.ingest.admit.AdmitSettings;
import dynoai.ingest.admit.AdmitStage;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.stage.IngestSettings;
import dynoai.ingest.stage.IngestStage;
import dynoai.schemas.file.ThisMachine;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.stage.Stage;
import dynoai.schemas.topic.KafkaUnavailableException;
import dynoai.schemas.topic.SchemaPublisher;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the broker, creates or checks the topics, then starts the stages. */
final class PipelineStart {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineStart.class);
    private static final long MAX_TOPICS_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long TOPICS_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final NodeSettings settings;
    private final @Nullable EmbeddedBroker broker;
    private final Listeners listeners;
    private final KafkaClients clients;
    private final TopicLayout layout;
    private final List<Stage> stages = new ArrayList<>();
    private @Nullable TopicMonitor topics;
    private @Nullable DeadLetterMonitor deadLetters;
    private boolean hasIngest;
    private @Nullable KafkaStreams streams;

    private PipelineStart(NodeSettings settings, @Nullable EmbeddedBroker broker, Listeners listeners) {
        this.settings = settings;
        this.broker = broker;
        this.listeners = listeners;
        this.clients = broker != null
                ? settings.kafka().clients(broker.clientProperties())
                : settings.kafka().clients();
        for (String property : KafkaClients.ignoredProperties(settings.kafka().properties())) {
            LOG.warn("Kafka property {} is ignored: exactly-once processing relies on DynoAI's value", property);
        }
        this.layout = broker != null
                ? TopicLayout.ofEmbeddedBroker()
                : TopicLayout.ofCluster(settings.kafka().replication());
    }

    /** Starts everything in this process; on failure stops what was started. */
    static Pipeline run(NodeSettings settings, Set<StageKind> kinds, Listeners listeners)
            throws BrokerStartException, KafkaUnavailableException, IOException, CommandException {
        if (kinds.contains(StageKind.ANALYZER)) {
            AnalyzerStage.warmUp();
        }
        EmbeddedBroker broker = settings.kafka().bootstrap() == null ? EmbeddedBroker.start(settings.data(), 0) : null;
        PipelineStart start = new PipelineStart(settings, broker, listeners);
        try {
            start.prepareTopics();
            start.monitor();
            for (StageKind kind : kinds) {
                start.stages.add(start.stage(kind));
            }
            return start.pipeline();
        } catch (KafkaUnavailableException | IOException | CommandException | RuntimeException e) {
            start.pipeline().close();
            throw e;
        }
    }

    private Pipeline pipeline() {
        return new Pipeline(broker, clients, stages, topics, deadLetters, hasIngest, streams);
    }

    private void monitor() {
        topics = TopicMonitor.start(clients, layout);
        stages.add(topics);
        deadLetters = DeadLetterMonitor.start(clients, settings.data());
        stages.add(deadLetters);
    }

    private void prepareTopics() throws KafkaUnavailableException {
        List<String> findings = AdminCall.run(clients, layout, this::findings);
        if (!findings.isEmpty()) {
            throw new KafkaUnavailableException(String.join("\n", findings));
        }
        SchemaPublisher.publish(clients);
    }

    private List<String> findings(TopicAdmin topics) throws KafkaUnavailableException {
        if (broker != null) {
            List<String> created = topics.create();
            if (!created.isEmpty()) {
                RecreatedTopics.forget(clients, layout, created);
            }
        }
        List<String> findings = topics.check();
        long until = System.nanoTime() + MAX_TOPICS_WAIT_NANOS;
        while (broker != null && !findings.isEmpty() && System.nanoTime() < until) {
            // A new topic is listed a moment after its creation.
            LockSupport.parkNanos(TOPICS_POLL_NANOS);
            findings = topics.check();
        }
        return findings;
    }

    private Stage stage(StageKind kind) throws KafkaUnavailableException, IOException, CommandException {
        NodeSettings.Stages own = settings.stages();
        String instance = own.instance() == null ? InstanceName.of(settings.data()) : own.instance();
        switch (kind) {
            case INGEST -> {
                String node = ThisMachine.name() + "/" + instance;
                hasIngest = true;
                return IngestStage.start(
                        new IngestSettings(
                                settings.folders(),
                                settings.data().resolve(NodeSettings.LEDGER),
                                clients,
                                node,
                                own.publishRows()),
                        listeners.ingest());
            }
            case ADMIT -> {
                hasIngest = true;
                return AdmitStage.start(
                        new AdmitSettings(
                                settings.data().resolve(NodeSettings.ADMIT),
                                settings.folder().store(),
                                clients,
                                ThisMachine.name() + "/" + instance,
                                settings.folder().largestLog(),
                                own.publishRows(),
                                settings.folder().admission()),
                        listeners.ingest());
            }
            case ANALYZER -> {
                Listeners logged = listeners.and(IngestEvents.NONE, new AnalyzerLog(), ExporterEvents.NONE);
                AnalyzerStage analyzer = AnalyzerStage.start(
                        new AnalyzerSettings(
                                clients,
                                layout,
                                settings.data().resolve(NodeSettings.STATE),
                                instance,
                                own.threads(),
                                own.standbyReplicas()),
                        logged.analyzer());
                streams = analyzer.streams();
                return analyzer;
            }
            case EXPORTER -> {
                return ExporterStage.start(
                        new ExporterSettings(
                                settings.runs().shelf(settings.data(), instance),
                                settings.folder().store(),
                                clients,
                                instance,
                                own.threads(),
                                !hasIngest),
                        listeners.exporter());
            }
            case INTAKE -> {
                return settings.door()
                        .orElseThrow()
                        .open(
                                settings.folder().store(),
                                settings.runs().shelf(settings.data(), instance),
                                clients,
                                listeners.intake());
            }
        }
        throw new AssertionError(kind);
    }
}
