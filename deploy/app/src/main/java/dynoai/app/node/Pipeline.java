package dynoai.app.node;

import dynoai.app.console.CommandException;
import dynoai.app.deadletter.DeadLetterMonitor;
import dynoai.broker.BrokerHealth;
import dynoai.broker.BrokerStartException;
import dynoai.broker.EmbeddedBroker;
import dynoai.dashboard.api.Pages;
import dynoai.exporter.stage.ExporterEvents;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.stage.Stage;
import dynoai.schemas.topic.KafkaUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running stages of this process: all of them with an embedded broker, or any of them on an external Kafka. Closing stops
 * the stages in parallel, then the broker.
 */
public final class Pipeline implements AutoCloseable {
    /** A listener for the events of the ingest and the exporter. */
    public interface Listener extends IngestEvents, ExporterEvents {
        /** Logs the stack trace; {@link Pipeline#failure} has the message. */
        @Override
        default void failed(String stage, Throwable bug) {
            LOG.error("the {} stage stopped because of a bug", stage, bug);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final long STOP_MILLIS = 3500;

    private final @Nullable EmbeddedBroker broker;
    private final KafkaClients clients;
    private final List<Stage> stages;
    private final @Nullable TopicMonitor topics;
    private final @Nullable DeadLetterMonitor deadLetters;
    private final boolean hasIngest;
    private final @Nullable KafkaStreams streams;

    /** @param stages all of them, also the given monitors */
    Pipeline(
            @Nullable EmbeddedBroker broker,
            KafkaClients clients,
            List<Stage> stages,
            @Nullable TopicMonitor topics,
            @Nullable DeadLetterMonitor deadLetters,
            boolean hasIngest,
            @Nullable KafkaStreams streams) {
        this.broker = broker;
        this.clients = clients;
        this.stages = stages;
        this.topics = topics;
        this.deadLetters = deadLetters;
        this.hasIngest = hasIngest;
        this.streams = streams;
    }

    /** Starts the stages; on failure stops what was started. */
    public static Pipeline start(NodeSettings settings, Set<StageKind> kinds, Listeners listeners)
            throws BrokerStartException, KafkaUnavailableException, IOException, CommandException {
        return PipelineStart.run(settings, kinds, listeners);
    }

    /** Returns the stages of a pipeline with a drop folder. */
    public static Set<StageKind> everything() {
        return EnumSet.of(StageKind.INGEST, StageKind.ANALYZER, StageKind.EXPORTER);
    }

    /** Whether every stage is ready. */
    public boolean isReady() {
        return stages.stream().allMatch(Stage::isReady);
    }

    /** Whether nothing is left to do: no log waits to be taken, and no stage in this process lags behind. */
    public boolean isIdle() {
        return hasIngest && stages.stream().allMatch(Stage::isIdle);
    }

    /** Returns which stage failed first, and why. */
    public Optional<String> failure() {
        return stages.stream()
                .flatMap(stage -> stage.failure().map(why -> stage.name() + ": " + why).stream())
                .findFirst();
    }

    /** Returns why the pipeline ended: that topics were deleted rather than the failure that it caused. */
    public String endReason() {
        if (topics != null) {
            topics.checkOnce();
        }
        return failure().orElse("");
    }

    public String bootstrap() {
        return clients.bootstrap();
    }

    public KafkaClients clients() {
        return clients;
    }

    /** Returns the analyzer's Kafka Streams; empty when no analyzer runs here. */
    public Optional<KafkaStreams> streams() {
        return Optional.ofNullable(streams);
    }

    /** Returns the health of the embedded broker; empty with an external Kafka. */
    Optional<BrokerHealth> brokerHealth() {
        return Optional.ofNullable(broker).map(EmbeddedBroker::health);
    }

    /** Returns the dead letters of all readers. */
    DeadLetterMonitor.Summary deadLetters() {
        return deadLetters == null ? DeadLetterMonitor.Summary.NONE : deadLetters.summary();
    }

    public Pages.Health live() {
        Optional<String> failure = failure();
        return new Pages.Health(failure.isEmpty(), failure.orElse("live"));
    }

    public Pages.Health ready() {
        List<String> waiting = new ArrayList<>();
        for (Stage stage : stages) {
            String reason = stage.notReadyReason();
            if (!reason.isEmpty()) {
                waiting.add(stage.name() + ": " + reason);
            }
        }
        String state = waiting.isEmpty() ? "ready" : "not ready: " + String.join("; ", waiting);
        String dead = deadLetters().text();
        return new Pages.Health(waiting.isEmpty(), dead.isEmpty() ? state : state + "; " + dead);
    }

    @Override
    public void close() {
        List<Thread> stopping = new ArrayList<>();
        for (Stage stage : stages) {
            Thread thread = new Thread(() -> close(stage), "stop-" + stage.name());
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

    private static void close(Stage stage) {
        try {
            stage.close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("stopping {}", stage.name(), e);
        }
    }
}
