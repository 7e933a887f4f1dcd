package dynoai.exporter.stage;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.stage.RetryLoop;
import dynoai.schemas.stage.Stage;
import dynoai.schemas.topic.Groups;
import dynoai.schemas.topic.PublishedSchemas;
import dynoai.schemas.topic.Topics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;

/** The running exporter stage. It retries while Kafka is unavailable or the disk is full, and fails only on a bug. */
public final class ExporterStage implements Stage {
    private static final Duration RECONNECT_DELAY = Duration.ofMillis(500);
    private static final Duration TRANSIENT_RETRY_DELAY = Duration.ofSeconds(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration FINISH_TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_BLOCK_MILLIS = 15_000;
    private static final String NOT_ASSIGNED = "no partitions are assigned";

    private static final int MAX_POLLED_PER_WORKER = 4;

    /** A transaction contains few results; a successor of a dead exporter waits at most this long for its end. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 15_000;

    private final ExporterSettings settings;
    private final ExporterEvents events;
    private final RunDelivery delivery;
    private final KafkaClients clients;
    private final PublishedSchemas schemas;
    private final ExecutorService workers;
    private final DeliveryQueue queue;
    private final RetryLoop loop;
    private volatile String notReadyReason = NOT_ASSIGNED;
    private volatile boolean idle;

    private ExporterStage(ExporterSettings settings, ExporterEvents events) {
        this.settings = settings;
        this.events = events;
        this.delivery = new RunDelivery(settings, events, Clock.systemUTC());
        this.clients = settings.kafka();
        this.schemas = new PublishedSchemas(settings.kafka());
        this.workers =
                Executors.newFixedThreadPool(settings.parallel(), task -> new Thread(task, "dynoai-exporter-worker"));
        this.queue = new DeliveryQueue(workers, settings.parallel(), TRANSIENT_RETRY_DELAY);
        this.loop = RetryLoop.of("dynoai-exporter", RECONNECT_DELAY, RECONNECT_DELAY, this::export, this::isTransient);
    }

    /** Removes the unfinished run folders of this instance and starts exporting. */
    public static ExporterStage start(ExporterSettings settings, ExporterEvents events) throws IOException {
        settings.runs().sweep();
        ExporterStage stage = new ExporterStage(settings, events);
        stage.loop.start();
        return stage;
    }

    @Override
    public String name() {
        return "exporter";
    }

    @Override
    public String notReadyReason() {
        return loop.isAlive() ? notReadyReason : failure().orElse(NOT_ASSIGNED);
    }

    @Override
    public boolean isIdle() {
        return isReady() && idle;
    }

    @Override
    public Optional<String> failure() {
        return loop.failure().map(Throwable::toString);
    }

    /** Exports until the loop stops or Kafka fails. */
    private void export(RetryLoop retry) throws InterruptedException {
        try (ExportLoop exports = exportLoop()) {
            exports.begin();
            while (!retry.isStopping()) {
                idle = exports.runOnce() == 0 && exports.isCaughtUp();
                notReadyReason = exports.isAssigned() ? exports.pauseReason() : NOT_ASSIGNED;
            }
            exports.finish(FINISH_TIMEOUT);
        } finally {
            notReadyReason = NOT_ASSIGNED;
        }
    }

    private boolean isTransient(Throwable failure) {
        if (failure instanceof KafkaException e) {
            events.transientFailure(name(), e);
            return true;
        }
        events.failed(name(), failure);
        return false;
    }

    private ExportLoop exportLoop() {
        OutcomeDelivery outcomes = new OutcomeDelivery(Topics.RUN_GRIDS.decoder(schemas), delivery, events);
        return new ExportLoop(consumer(), producer(), clients.namespace(), outcomes, queue, events);
    }

    private Consumer<String, byte[]> consumer() {
        return clients.consumer(
                Map.of(
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100,
                        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000,
                        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500),
                Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        Groups.exporter(clients.namespace()),
                        ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                        settings.instance(),
                        ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                        "classic",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        settings.parallel() * MAX_POLLED_PER_WORKER));
    }

    private Producer<String, byte[]> producer() {
        return clients.producer(
                Map.of(
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        MAX_BLOCK_MILLIS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        2 * MAX_BLOCK_MILLIS,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        Topics.MAX_DEAD_LETTER_BYTES,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        2L * Topics.MAX_DEAD_LETTER_BYTES),
                Map.of(
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        Groups.exporter(clients.namespace()) + "-" + settings.instance(),
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        TRANSACTION_TIMEOUT_MILLIS));
    }

    /** Stops within a few seconds; runs that are not published are exported after the next start. */
    @Override
    public void close() {
        loop.stop(STOP_TIMEOUT);
        workers.shutdownNow();
        schemas.close();
    }
}
