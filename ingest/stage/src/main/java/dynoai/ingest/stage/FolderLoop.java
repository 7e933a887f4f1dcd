package dynoai.ingest.stage;

import dynoai.ingest.folder.FolderIngest;
import dynoai.ingest.folder.FolderSettings;
import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.schemas.stage.RetryLoop;
import dynoai.schemas.store.ContentStore;
import dynoai.schemas.topic.PublishedSchemas;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * The ingest of one drop folder on a thread of its own. It retries while Kafka is unavailable; it ends by itself only when
 * another node takes the folder over, or on a bug.
 */
final class FolderLoop implements Closeable {
    private static final long IN_FLIGHT_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long IDLE_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final Duration RETRY_DELAY = Duration.ofMillis(500);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    private final IngestSettings settings;
    private final FolderSettings own;
    private final Ledger ledger;
    private final IngestEvents events;
    private final DropRoot root;
    private final Ownership ownership;
    private final PublishedSchemas schemas;
    private final KafkaRunTransport transport;
    private final FolderIngest folder;
    private final RetryLoop loop;
    private volatile boolean connected;
    private volatile boolean idle;
    private volatile Optional<String> takenOver = Optional.empty();

    private FolderLoop(
            IngestSettings settings,
            FolderSettings own,
            Ledger ledger,
            PublishedSchemas schemas,
            IngestEvents events,
            DropRoot root)
            throws IOException {
        this.settings = settings;
        this.own = own;
        this.ledger = ledger;
        this.events = events;
        this.root = root;
        this.ownership = new Ownership(settings.node(), InstantSource.system());
        ContentStore store = own.store();
        this.transport = new KafkaRunTransport(
                ownership, ClaimKey.open(store, root.work()).runSigner(store.id()), InstantSource.system(), events);
        this.schemas = schemas;
        this.folder = new FolderIngest(root, own, transport, events);
        this.loop = RetryLoop.of("dynoai-ingest", RETRY_DELAY, RETRY_DELAY, this::run, this::isTransient);
    }

    /**
     * Locks the drop folder.
     *
     * @throws IOException if the folder cannot be used, or another process on this machine has locked it
     */
    static FolderLoop open(
            IngestSettings settings, FolderSettings own, Ledger ledger, PublishedSchemas schemas, IngestEvents events)
            throws IOException {
        Path folder = own.root();
        boolean made = !Files.exists(folder);
        DropRoot root = DropRoot.open(folder);
        try {
            if (made) {
                events.warning(
                        root.path().toString(),
                        "the drop folder did not exist and was made; if it belongs on another disk, is that mounted?");
            }
            return new FolderLoop(settings, own, ledger, schemas, events, root);
        } catch (IOException | RuntimeException e) {
            root.close();
            throw e;
        }
    }

    void start() {
        loop.start();
    }

    void requestStop() {
        loop.requestStop();
    }

    private void run(RetryLoop running) throws Exception {
        try (KafkaConnection connection =
                KafkaConnection.open(settings, own, root.id(), ownership, ledger, schemas, events)) {
            transport.use(connection);
            folder.recover();
            connected = true;
            while (!running.isStopping()) {
                boolean worked = folder.runOnce();
                idle = folder.isIdle();
                if (!worked) {
                    folder.awaitWork(folder.inFlight() > 0 ? IN_FLIGHT_WAIT_NANOS : IDLE_WAIT_NANOS);
                }
            }
        } finally {
            connected = false;
            idle = false;
            transport.use(null);
        }
    }

    private boolean isTransient(Throwable failure) {
        if (!(failure instanceof Exception e) || e instanceof RuntimeException) {
            events.failed(IngestStage.NAME, failure);
            return false;
        }
        if (isFenced(e)) {
            takenOver = newOwner(e).map(owner -> "the drop folder " + root.path() + " was taken over by " + owner);
        }
        if (takenOver.isEmpty()) {
            events.transientFailure(IngestStage.NAME, e);
        }
        return takenOver.isEmpty();
    }

    private static boolean isFenced(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> newOwner(Exception fenced) {
        try {
            ledger.catchUp();
            return ownership.takenOverBy(ledger.owner(root.id().toString()));
        } catch (KafkaException | IOException e) {
            fenced.addSuppressed(e);
            return Optional.empty();
        }
    }

    /** Why the folder is not worked on; empty when it is. */
    String notReadyReason() {
        return failure().orElse(connected ? folder.problem() : "not connected to Kafka");
    }

    /** Whether every file in the drop folder is archived or left alone. */
    boolean isIdle() {
        return connected && idle;
    }

    Optional<String> failure() {
        return takenOver.or(() -> loop.failure().map(Throwable::toString));
    }

    @Override
    public void close() throws IOException {
        loop.stop(STOP_TIMEOUT);
        folder.close();
        root.close();
    }
}
