package dynoai.exporter.stage;

import dynoai.schemas.topic.PublishedSchemas;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.UnknownSchemaException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/** The running exporter stage. It retries while Kafka is unavailable or the disk is full, and fails only on a bug. */
public final class ExporterStage implements AutoCloseable {
    private static final long RETRY_MILLIS = 500;
    private static final Duration TRANSIENT_RETRY_DELAY = Duration.ofSeconds(2);
    private static final long STOP_SECONDS = 3;

    private final ExporterSettings settings;
    private final ExporterEvents events;
    private final SharedStore store;
    private final RunDelivery delivery;
    private final PublishedSchemas schemas;
    private final ExecutorService workers;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private boolean otherStore;
    private volatile boolean ready;
    private volatile boolean idle;
    private volatile Optional<Throwable> failure = Optional.empty();

    private ExporterStage(ExporterSettings settings, ExporterEvents events, StaleTempFolders stale) {
        this.settings = settings;
        this.events = events;
        this.store = new SharedStore(settings);
        this.delivery = new RunDelivery(settings, store, stale, events, Clock.systemUTC());
        this.schemas = new PublishedSchemas(settings.client());
        this.workers =
                Executors.newFixedThreadPool(settings.parallel(), task -> new Thread(task, "dynoai-exporter-worker"));
        this.thread = new Thread(this::work, "dynoai-exporter");
    }

    /** Removes the unfinished run folders of this instance and starts exporting. */
    public static ExporterStage start(ExporterSettings given, ExporterEvents events) throws IOException {
        ExporterSettings settings = new ExporterSettings(
                Files.createDirectories(given.runs()).toRealPath(),
                given.store(),
                given.client(),
                given.instance(),
                given.parallel(),
                given.remoteIngest());
        StaleTempFolders stale = StaleTempFolders.sweep(settings.runs(), settings.instance());
        ExporterStage stage = new ExporterStage(settings, events, stale);
        stage.thread.start();
        return stage;
    }

    /** Whether the stage is connected to Kafka and has partitions assigned. */
    public boolean isReady() {
        return ready && thread.isAlive() && schemas.awaited().isEmpty();
    }

    /** Whether every outcome is exported and no run folder is being written. */
    public boolean isIdle() {
        return ready && idle;
    }

    /** Why the stage stopped by itself; empty while it runs. */
    public Optional<Throwable> failure() {
        return failure;
    }

    private void work() {
        try {
            while (settings.remoteIngest() && !isStopping() && isOtherStore()) {
                stop.await(TRANSIENT_RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS);
            }
            while (!isStopping()) {
                try (ExportLoop loop = exportLoop()) {
                    loop.begin();
                    while (!isStopping()) {
                        idle = loop.runOnce(this::isStopping) == 0 && loop.isCaughtUp();
                        ready = loop.isAssigned();
                    }
                } catch (KafkaException | UnknownSchemaException e) {
                    ready = false;
                    if (!isStopping()) {
                        events.transientFailure("exporter", e);
                    }
                }
                ready = false;
                if (stop.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error bug) {
            failure = Optional.of(bug);
            events.transientFailure("exporter", new IllegalStateException(bug));
        } finally {
            ready = false;
        }
    }

    private boolean isOtherStore() {
        Optional<String> mismatch;
        try (Consumer<String, byte[]> reader = Clients.reader(settings)) {
            mismatch = store.mismatch(reader, Topics.INGEST_LEDGER.decoder(schemas));
        } catch (KafkaException | UnknownSchemaException e) {
            events.transientFailure("exporter", e);
            return true;
        }
        if (mismatch.isPresent() != otherStore) {
            otherStore = mismatch.isPresent();
            events.paused(mismatch.orElse(""));
        }
        return otherStore;
    }

    private ExportLoop exportLoop() {
        return new ExportLoop(
                Clients.consumer(settings),
                Clients.producer(settings),
                Topics.RUN_GRIDS.decoder(schemas),
                delivery,
                workers,
                events,
                TRANSIENT_RETRY_DELAY);
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** Stops within a few seconds; runs that are not committed are exported after the next start. */
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
