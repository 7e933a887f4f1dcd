package dynoai.exporter.stage;

import dynoai.schemas.topic.PublishedSchemas;
import dynoai.schemas.wire.UnknownSchemaException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;

/**
 * The exporter as a running stage. It keeps trying while Kafka is away and while the disk is full; it ends by itself only
 * on a bug.
 */
public final class ExporterStage implements AutoCloseable {
    private static final long RETRY_MILLIS = 500;
    private static final long LOOK_AGAIN_MILLIS = 2000;
    private static final long STOP_SECONDS = 3;

    private final ExporterSettings settings;
    private final ExporterEvents events;
    private final SharedStore store;
    private final RunDelivery delivery;
    private final PublishedSchemas schemas;
    private final ExecutorService workers;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private boolean doubted;
    private volatile boolean ready;
    private volatile boolean idle;
    private volatile Optional<Throwable> failure = Optional.empty();

    private ExporterStage(ExporterSettings settings, ExporterEvents events, StaleTempFolders leftOvers) {
        this.settings = settings;
        this.events = events;
        this.store = new SharedStore(settings);
        this.delivery = new RunDelivery(settings, store, leftOvers, events, Clock.systemUTC());
        this.schemas = new PublishedSchemas(settings.client());
        this.workers =
                Executors.newFixedThreadPool(settings.parallel(), task -> new Thread(task, "dynoai-exporter-worker"));
        this.thread = new Thread(this::work, "dynoai-exporter");
    }

    /** Removes what a killed run of this instance left behind, and begins. */
    public static ExporterStage start(ExporterSettings given, ExporterEvents events) throws IOException {
        ExporterSettings settings = new ExporterSettings(
                Files.createDirectories(given.runs()).toRealPath(),
                given.store(),
                given.client(),
                given.instance(),
                given.parallel(),
                given.apart());
        StaleTempFolders leftOvers = StaleTempFolders.sweep(settings.runs(), settings.instance());
        ExporterStage stage = new ExporterStage(settings, events, leftOvers);
        stage.thread.start();
        return stage;
    }

    /** Whether Kafka answers and outcomes are taken. */
    public boolean isReady() {
        return ready && thread.isAlive() && schemas.awaited().isEmpty();
    }

    /** Whether every outcome has become a folder or a failure, and no folder is being written. */
    public boolean isIdle() {
        return ready && idle;
    }

    /** Why the stage ended by itself; empty while it runs. */
    public Optional<Throwable> failure() {
        return failure;
    }

    private void work() {
        try {
            while (settings.apart() && !isStopping() && isOtherStore()) {
                stop.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
            while (!isStopping()) {
                try (ExportLoop loop = new ExportLoop(settings, events, delivery, schemas, workers)) {
                    while (!isStopping()) {
                        idle = loop.turn(this::isStopping) == 0 && loop.isCaughtUp();
                        ready = loop.isAssigned();
                    }
                } catch (KafkaException | UnknownSchemaException lost) {
                    ready = false;
                    if (!isStopping()) {
                        events.transientFailure("exporter", lost);
                    }
                }
                ready = false;
                if (stop.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error bug) {
            failure = Optional.of(bug);
            events.transientFailure("exporter", new IllegalStateException(bug));
        } finally {
            ready = false;
        }
    }

    private boolean isOtherStore() {
        Optional<String> doubt;
        try {
            doubt = store.doubt(settings, schemas);
        } catch (KafkaException | UnknownSchemaException unknown) {
            events.transientFailure("exporter", unknown);
            return true;
        }
        if (doubt.isPresent() != doubted) {
            doubted = doubt.isPresent();
            events.paused(doubt.orElse(""));
        }
        return doubted;
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** Stops within a few seconds; what was not committed is exported at the next start. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            thread.interrupt();
            workers.shutdownNow();
            thread.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
