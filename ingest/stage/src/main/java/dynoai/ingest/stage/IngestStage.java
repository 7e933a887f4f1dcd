package dynoai.ingest.stage;

import dynoai.ingest.folder.DropRoot;
import dynoai.ingest.folder.FolderIngest;
import dynoai.ingest.folder.IngestEvents;
import dynoai.ingest.folder.TransportUnavailableException;
import dynoai.schemas.topic.PublishedSchemas;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * The ingest of one drop folder as a running stage. It retries while Kafka is unavailable; it ends by itself only when
 * another node takes the folder over, or on a bug.
 */
public final class IngestStage implements AutoCloseable {
    private static final long IN_FLIGHT_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long IDLE_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long RETRY_MILLIS = 500;
    private static final long STOP_SECONDS = 3;

    private final IngestSettings settings;
    private final IngestEvents events;
    private final Clock clock = Clock.systemUTC();
    private final DropRoot root;
    private final Ownership ownership;
    private final PublishedSchemas schemas;
    private final ReconnectingTransport transport = new ReconnectingTransport();
    private final FolderIngest folder;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean ready;
    private volatile boolean idle;
    private volatile Optional<Throwable> failure = Optional.empty();

    private IngestStage(IngestSettings settings, IngestEvents events, DropRoot root) throws IOException {
        this.settings = settings;
        this.events = events;
        this.root = root;
        this.ownership = new Ownership(settings.node());
        this.schemas = new PublishedSchemas(settings.client());
        this.folder = new FolderIngest(root, settings.folder(), transport, events);
        this.thread = new Thread(this::work, "dynoai-ingest");
    }

    /**
     * Locks the drop folder and starts.
     *
     * @throws DropRoot.RootTaken if another process on this machine has the folder
     */
    public static IngestStage start(IngestSettings settings, IngestEvents events) throws IOException {
        DropRoot root = DropRoot.open(settings.folder().root());
        try {
            IngestStage stage = new IngestStage(settings, events, root);
            stage.thread.start();
            return stage;
        } catch (IOException | RuntimeException e) {
            root.close();
            throw e;
        }
    }

    /** Whether Kafka is connected and files are claimed. */
    public boolean isReady() {
        return ready && thread.isAlive() && schemas.awaited().isEmpty();
    }

    /** Whether every file in the drop folder is archived or left alone. */
    public boolean isIdle() {
        return ready && idle;
    }

    /** Why the stage ended by itself; empty while it runs. */
    public Optional<Throwable> failure() {
        return failure;
    }

    private void work() {
        try {
            while (!isStopping()) {
                try (KafkaRunTransport connection =
                        KafkaRunTransport.open(settings, root.id(), clock, ownership, schemas, events)) {
                    transport.use(connection);
                    folder.recover();
                    ready = true;
                    runConnected();
                } catch (TransportUnavailableException | IOException e) {
                    retryLater(e);
                } finally {
                    ready = false;
                    transport.use(null);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure = Optional.of(e);
            events.transientFailure("ingest", new IllegalStateException(e));
        }
    }

    private void runConnected() throws IOException, TransportUnavailableException, InterruptedException {
        while (!isStopping()) {
            boolean worked = folder.runOnce();
            idle = folder.isIdle();
            if (!worked) {
                folder.awaitWork(folder.inFlight() > 0 ? IN_FLIGHT_WAIT_NANOS : IDLE_WAIT_NANOS);
            }
        }
    }

    private void retryLater(Exception cause) throws InterruptedException {
        ready = false;
        idle = false;
        if (isStopping()) {
            return;
        }
        events.transientFailure("ingest", cause);
        if (isFenced(cause)) {
            stopIfTakenOver();
        }
        if (stop.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
            return;
        }
    }

    private void stopIfTakenOver() {
        try {
            Optional<String> other = ownership.takenOverBy(KafkaRunTransport.ownerOf(settings, root.id(), schemas));
            if (other.isPresent()) {
                failure = Optional.of(
                        new IOException("the drop folder " + root.path() + " was taken over by " + other.get()));
                stop.countDown();
            }
        } catch (KafkaException e) {
            events.transientFailure("ingest", e);
        }
    }

    private static boolean isFenced(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** Stops within a few seconds. Uncommitted runs are sent at the next start. */
    @Override
    public void close() throws IOException {
        stop.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            thread.interrupt();
            thread.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        folder.close();
        root.close();
    }
}
