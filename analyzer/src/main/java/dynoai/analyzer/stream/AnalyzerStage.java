package dynoai.analyzer.stream;

import dynoai.analyzer.stream.internal.InstanceClients;
import dynoai.analyzer.stream.internal.LocalState;
import dynoai.schemas.topic.KafkaUnavailableException;
import dynoai.schemas.topic.PublishedSchemas;
import dynoai.schemas.topic.SchemaPublisher;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.UnknownSchemaException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.rocksdb.RocksDB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The analyzer as a running stage. Close it to stop; it may also end by itself, see {@link #awaitEnd}. */
public final class AnalyzerStage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AnalyzerStage.class);
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(3);
    private static final String STARTING = "starting";
    /** Kafka's metrics name a topic with or without its points. */
    private static final Set<String> RUN_LOG_TAGS =
            Set.of(Topics.RUN_LOG.name(), Topics.RUN_LOG.name().replace('.', '_'));

    private static final String GAVE_UP = "gave up: ";

    private final KafkaStreams streams;
    private final AnalyzerEvents events;
    private final LocalState localState;
    private final RepeatedFailures failures = new RepeatedFailures();
    private final HangingTransactionMonitor transactions = new HangingTransactionMonitor();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final PublishedSchemas schemas;
    private volatile String whyNotRunning = STARTING;
    private volatile boolean failed;
    private String told = STARTING;

    private AnalyzerStage(AnalyzerSettings settings, AnalyzerEvents events, Duration schemaPatience) {
        this.events = events;
        this.localState = new LocalState(settings.stateDirectory());
        this.schemas = new PublishedSchemas(settings.client(), schemaPatience, this::tellReadiness);
        RunAnalysisTopology topology = new RunAnalysisTopology(schemas, events, settings.changelogs());
        this.streams = new KafkaStreams(topology.get(), settings.streams(), new InstanceClients(settings.instance()));
    }

    /**
     * Checks the topics, publishes this version's schemas and starts.
     *
     * @throws KafkaUnavailableException when Kafka does not answer or is not set up as needed
     */
    public static AnalyzerStage start(AnalyzerSettings settings, AnalyzerEvents events)
            throws KafkaUnavailableException {
        return start(settings, events, PublishedSchemas.PATIENCE);
    }

    static AnalyzerStage start(AnalyzerSettings settings, AnalyzerEvents events, Duration schemaPatience)
            throws KafkaUnavailableException {
        try (Admin admin = Admin.create(settings.client())) {
            List<String> findings = new TopicAdmin(admin, settings.layout()).check();
            if (!findings.isEmpty()) {
                throw new KafkaUnavailableException(String.join("\n", findings));
            }
        }
        SchemaPublisher.publish(settings.client());
        AnalyzerStage stage = startStreams(settings, events, schemaPatience);
        stage.transactions.start(settings.client());
        return stage;
    }

    /** Kafka Streams opens the stores that it finds here at once. */
    private static AnalyzerStage startStreams(
            AnalyzerSettings settings, AnalyzerEvents events, Duration schemaPatience) {
        while (true) {
            AnalyzerStage stage = new AnalyzerStage(settings, events, schemaPatience);
            stage.streams.setStateListener((now, before) -> stage.moved(now));
            stage.streams.setUncaughtExceptionHandler(stage::respond);
            try {
                stage.streams.start();
                return stage;
            } catch (ProcessorStateException broken) {
                stage.close();
                if (!stage.localState.discardIfBroken(broken)) {
                    throw broken;
                }
            }
        }
    }

    /** Loads what takes longest to load while the caller waits for something else. */
    public static void warmUp() {
        Thread thread = new Thread(RocksDB::loadLibrary, "dynoai-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private void moved(KafkaStreams.State now) {
        if (now == KafkaStreams.State.REBALANCING) {
            transactions.lookClosely();
        }
        if (now == KafkaStreams.State.RUNNING) {
            setWhyNotRunning("");
        } else if (!whyNotRunning.startsWith(GAVE_UP)
                && (now != KafkaStreams.State.REBALANCING || !whyNotRunning.isEmpty())) {
            setWhyNotRunning(now.name());
        }
        if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
            failed = failed || now == KafkaStreams.State.ERROR;
            ended.countDown();
        }
    }

    /** A thread that waited for a schema in vain is replaced, and waits again from the same record on. */
    private StreamThreadExceptionResponse respond(Throwable thrown) {
        Optional<UnknownSchemaException> unknown = unknownSchema(thrown);
        if (unknown.isPresent()) {
            LOG.warn("waiting: {}", unknown.get().getMessage());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        if (failures.add(System.nanoTime())) {
            LOG.error("giving up after repeated failures", thrown);
            setWhyNotRunning(GAVE_UP + thrown);
            failed = true;
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.warn("starting anew after a failure", thrown);
        localState.discardIfBroken(thrown);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static Optional<UnknownSchemaException> unknownSchema(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownSchemaException unknown) {
                return Optional.of(unknown);
            }
        }
        return Optional.empty();
    }

    private void setWhyNotRunning(String why) {
        whyNotRunning = why;
        tellReadiness();
    }

    private synchronized void tellReadiness() {
        String now = whyNotReady();
        if (!told.equals(now)) {
            told = now;
            events.readinessChanged(now);
        }
    }

    /** False once the stage has ended or given up: whoever watches should start the process anew. */
    public boolean isLive() {
        return ended.getCount() > 0;
    }

    /** Whether records are being worked on. */
    public boolean isReady() {
        return whyNotReady().isEmpty();
    }

    /** Whether every record of the run log that this instance is to read has been worked on. */
    public boolean isIdle() {
        return isReady()
                && streams.metrics().values().stream()
                        .filter(metric -> metric.metricName().name().equals("records-lag"))
                        .filter(metric ->
                                RUN_LOG_TAGS.contains(metric.metricName().tags().getOrDefault("topic", "")))
                        .allMatch(metric -> !(metric.metricValue() instanceof Double lag) || !(lag > 0));
    }

    /** Why the stage is not ready, for a person; empty when it is. */
    public String whyNotReady() {
        return whyNotRunning.isEmpty() ? schemas.awaited() : whyNotRunning;
    }

    /** Kafka Streams' own metrics, for whoever exports them. */
    public KafkaStreams streams() {
        return streams;
    }

    /**
     * Waits until the stage has ended.
     *
     * @return whether it ended by itself, having given up
     */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS) && failed;
    }

    @Override
    public void close() {
        if (!streams.close(TIME_TO_STOP)) {
            LOG.warn(
                    "the analyzer did not stop within {} s; what it had not committed is done again",
                    TIME_TO_STOP.toSeconds());
        }
        transactions.close();
        ended.countDown();
    }
}
