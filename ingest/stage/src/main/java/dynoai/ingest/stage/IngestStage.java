package dynoai.ingest.stage;

import dynoai.ingest.folder.DropRoot;
import dynoai.ingest.folder.FolderIngest;
import dynoai.ingest.folder.IngestEvents;
import dynoai.ingest.folder.RunTransport.CarrierDown;
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
 * The ingest of one drop folder as a running stage. It keeps trying while Kafka is away; it ends by itself only when
 * another node took the folder over, or on a bug.
 */
public final class IngestStage implements AutoCloseable {
    private static final long BUSY_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long IDLE_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long RETRY_MILLIS = 500;
    private static final long STOP_SECONDS = 3;

    private final IngestSettings settings;
    private final IngestEvents events;
    private final Clock clock = Clock.systemUTC();
    private final DropRoot root;
    private final Ownership ownership;
    private final PublishedSchemas schemas;
    private final ReconnectingTransport link = new ReconnectingTransport();
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
        this.folder = new FolderIngest(root, settings.folder(), link, events);
        this.thread = new Thread(this::work, "dynoai-ingest");
    }

    /**
     * Takes the drop folder and begins.
     *
     * @throws DropRoot.RootTaken when another process on this machine has the folder
     */
    public static IngestStage start(IngestSettings settings, IngestEvents events) throws IOException {
        DropRoot root = DropRoot.open(settings.folder().root());
        try {
            IngestStage stage = new IngestStage(settings, events, root);
            stage.thread.start();
            return stage;
        } catch (IOException | RuntimeException failed) {
            root.close();
            throw failed;
        }
    }

    /** Whether Kafka answers and files are taken. */
    public boolean isReady() {
        return ready && thread.isAlive() && schemas.awaited().isEmpty();
    }

    /** Whether there is no unsettled file and no claimed one. */
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
                try (KafkaRunTransport carrier =
                        KafkaRunTransport.open(settings, root.id(), clock, ownership, schemas, events)) {
                    link.use(carrier);
                    folder.start();
                    ready = true;
                    turn();
                } catch (CarrierDown down) {
                    lost(down);
                } catch (IOException trouble) {
                    lost(trouble);
                } finally {
                    ready = false;
                    link.use(null);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error bug) {
            failure = Optional.of(bug);
            events.troubled("ingest", new IllegalStateException(bug));
        }
    }

    private void turn() throws IOException, CarrierDown, InterruptedException {
        while (!isStopping()) {
            boolean did = folder.turn();
            idle = folder.isIdle();
            if (!did) {
                folder.rest(folder.inFlight() > 0 ? BUSY_REST_NANOS : IDLE_REST_NANOS);
            }
        }
    }

    private void lost(Exception cause) throws InterruptedException {
        ready = false;
        idle = false;
        if (isStopping()) {
            return;
        }
        events.troubled("ingest", cause);
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
        } catch (KafkaException unknown) {
            events.troubled("ingest", unknown);
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

    /** Stops within a few seconds; what was not committed is sent at the next start. */
    @Override
    public void close() throws IOException {
        stop.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            thread.interrupt();
            thread.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        folder.close();
        root.close();
    }
}
