package dynoai.analyzer.stream;

import dynoai.analyzer.stream.internal.InstanceClients;
import dynoai.analyzer.stream.internal.LocalState;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.stage.Stage;
import dynoai.schemas.topic.Groups;
import dynoai.schemas.topic.KafkaUnavailableException;
import dynoai.schemas.topic.PublishedSchemas;
import dynoai.schemas.topic.SchemaLookupException;
import dynoai.schemas.topic.SchemaPublisher;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.rocksdb.RocksDB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The analyzer as a running stage: Kafka Streams, its restarts after failures, and the watch over open transactions. */
public final class AnalyzerStage implements Stage {
    private static final Logger LOG = LoggerFactory.getLogger(AnalyzerStage.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
    private static final String STARTING = "starting";
    private static final String FAILED = "stopped after repeated failures: ";

    private final KafkaStreams streams;
    private final AnalyzerEvents events;
    private final String runLog;
    private final LocalState localState;
    private final RepeatedFailures failures = new RepeatedFailures();
    private final HangingTransactionMonitor transactions;
    private final PublishedSchemas schemas;
    private volatile String notRunningReason = STARTING;
    private volatile boolean ended;
    private volatile boolean closing;
    private String reported = STARTING;

    private AnalyzerStage(AnalyzerSettings settings, AnalyzerEvents events, Duration schemaTimeout) {
        this.events = events;
        Namespace namespace = settings.kafka().namespace();
        this.runLog = Topics.RUN_LOG.in(namespace);
        this.localState = new LocalState(settings.stateDirectory(), Groups.analyzer(namespace));
        this.transactions = new HangingTransactionMonitor(settings.kafka(), this::watchesTransactions);
        this.schemas = new PublishedSchemas(settings.kafka(), schemaTimeout);
        RunAnalysisTopology topology = new RunAnalysisTopology(namespace, schemas, events, settings.changelogs());
        this.streams = new KafkaStreams(
                topology.get(),
                settings.streams(),
                new InstanceClients(Groups.analyzer(namespace), settings.instance()));
    }

    /**
     * Checks the topics, publishes this version's schemas and starts.
     *
     * @throws KafkaUnavailableException if Kafka does not answer or a topic is not set up as required
     */
    public static AnalyzerStage start(AnalyzerSettings settings, AnalyzerEvents events)
            throws KafkaUnavailableException {
        return start(settings, events, PublishedSchemas.TIMEOUT);
    }

    static AnalyzerStage start(AnalyzerSettings settings, AnalyzerEvents events, Duration schemaTimeout)
            throws KafkaUnavailableException {
        try (Admin admin = settings.kafka().admin()) {
            List<String> findings =
                    new TopicAdmin(admin, settings.layout(), settings.kafka().namespace()).check();
            if (!findings.isEmpty()) {
                throw new KafkaUnavailableException(String.join("\n", findings));
            }
        }
        SchemaPublisher.publish(settings.kafka());
        AnalyzerStage stage = startStreams(settings, events, schemaTimeout);
        stage.transactions.start();
        return stage;
    }

    /** Kafka Streams opens existing stores in its start; damaged ones are deleted, then it is started again. */
    private static AnalyzerStage startStreams(
            AnalyzerSettings settings, AnalyzerEvents events, Duration schemaTimeout) {
        while (true) {
            AnalyzerStage stage = new AnalyzerStage(settings, events, schemaTimeout);
            stage.streams.setStateListener((now, before) -> stage.stateChanged(now));
            stage.streams.setUncaughtExceptionHandler(stage::respond);
            try {
                stage.streams.start();
                return stage;
            } catch (ProcessorStateException e) {
                stage.close();
                if (!stage.localState.discardIfBroken(e)) {
                    throw e;
                }
            }
        }
    }

    /** Loads RocksDB in the background. */
    public static void warmUp() {
        Thread thread = new Thread(RocksDB::loadLibrary, "dynoai-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private void stateChanged(KafkaStreams.State now) {
        if (now == KafkaStreams.State.REBALANCING) {
            transactions.rebalanced();
        }
        if (now == KafkaStreams.State.RUNNING) {
            setNotRunningReason("");
        } else if (!notRunningReason.startsWith(FAILED)
                && (now != KafkaStreams.State.REBALANCING || !notRunningReason.isEmpty())) {
            setNotRunningReason(now.name());
        }
        if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
            ended = true;
        }
    }

    /** Replaces the failed thread, which retries from the same offset, unless there were too many failures. */
    private StreamThreadExceptionResponse respond(Throwable failure) {
        Optional<SchemaLookupException> lookup = failedLookup(failure);
        if (lookup.isPresent()) {
            LOG.warn("waiting: {}", lookup.get().getMessage());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        if (failures.add(System.nanoTime(), failure)) {
            LOG.error("stopping after repeated failures", failure);
            setNotRunningReason(FAILED + failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.warn("restarting after a failure", failure);
        localState.discardIfBroken(failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static Optional<SchemaLookupException> failedLookup(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SchemaLookupException lookup) {
                return Optional.of(lookup);
            }
        }
        return Optional.empty();
    }

    private synchronized void setNotRunningReason(String reason) {
        notRunningReason = reason;
        if (!reported.equals(reason)) {
            reported = reason;
            events.readinessChanged(reason);
        }
    }

    /**
     * Whether this analyzer watches hanging transactions: of running ones, only that with partition 0 of the run log does. One
     * that is not running watches too, since it may wait for exactly these transactions.
     */
    private boolean watchesTransactions() {
        return streams.state() != KafkaStreams.State.RUNNING || hasFirstPartition();
    }

    private boolean hasFirstPartition() {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .anyMatch(task -> task.topicPartitions().contains(new TopicPartition(runLog, 0)));
    }

    @Override
    public String name() {
        return "analyzer";
    }

    @Override
    public String notReadyReason() {
        return notRunningReason;
    }

    @Override
    public boolean isIdle() {
        return isReady()
                && streams.metrics().values().stream()
                        .filter(metric -> metric.metricName().name().equals("records-lag"))
                        .filter(metric ->
                                runLog.equals(metric.metricName().tags().get("topic")))
                        .allMatch(metric -> !(metric.metricValue() instanceof Double lag) || !(lag > 0));
    }

    @Override
    public Optional<String> failure() {
        return ended && !closing ? Optional.of(notReadyReason()) : Optional.empty();
    }

    /** Kafka Streams, for its metrics. */
    public KafkaStreams streams() {
        return streams;
    }

    @Override
    public void close() {
        closing = true;
        if (!streams.close(STOP_TIMEOUT)) {
            LOG.warn(
                    "the analyzer did not stop within {} s; its uncommitted work is repeated at the next start",
                    STOP_TIMEOUT.toSeconds());
        }
        transactions.close();
        schemas.close();
    }
}
