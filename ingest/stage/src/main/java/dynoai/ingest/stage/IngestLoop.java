package dynoai.ingest.stage;

import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.run.IngestWork;
import dynoai.ingest.folder.run.RunTransport;
import dynoai.schemas.stage.RetryLoop;
import dynoai.schemas.store.ContentStore;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Sends the logs of one origin on a thread of its own. It retries while Kafka is unavailable; it ends by itself only when another
 * node takes the origin over, or on a bug.
 */
public final class IngestLoop implements Closeable {
    private static final long IN_FLIGHT_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long IDLE_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final Duration RETRY_DELAY = Duration.ofMillis(500);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    /**
     * Where logs come from: a drop folder, or the uploads that a process admits.
     *
     * @param id of the producer and the owner; a new process with the same id fences the earlier one
     * @param name for messages
     * @param store has the logs and the key that signs runs
     * @param claims folder of claims that are signed if the store has no key yet
     * @param transactionTimeout how long an open transaction of a killed process delays others
     * @param takesOver whether it continues runs that other processes sent, whose results may have come before it knows of them
     */
    public record Origin(
            UUID id,
            String name,
            ContentStore store,
            Path claims,
            Duration transactionTimeout,
            CommitGuard guard,
            boolean takesOver) {}

    /** Opens the work of a loop. */
    @FunctionalInterface
    public interface WorkFactory {
        IngestWork open(RunTransport transport) throws IOException;
    }

    private final IngestLoops shared;
    private final Origin origin;
    private final IngestEvents events;
    private final Ownership ownership;
    private final KafkaRunTransport transport;
    private final IngestWork work;
    private final RetryLoop loop;
    private volatile boolean connected;
    private volatile boolean idle;
    private volatile Optional<String> takenOver = Optional.empty();

    IngestLoop(IngestLoops shared, Origin origin, WorkFactory factory) throws IOException {
        this.shared = shared;
        this.origin = origin;
        this.events = shared.events();
        this.ownership = new Ownership(shared.node(), InstantSource.system());
        ContentStore store = origin.store();
        this.transport = new KafkaRunTransport(
                ownership, ClaimKey.open(store, origin.claims()).runSigner(store.id()), InstantSource.system(), events);
        this.work = factory.open(transport);
        this.loop = RetryLoop.of("dynoai-ingest", RETRY_DELAY, RETRY_DELAY, this::run, this::isTransient);
    }

    public void start() {
        loop.start();
    }

    /** Stops without waiting for it. */
    public void requestStop() {
        loop.requestStop();
    }

    private void run(RetryLoop running) throws Exception {
        try (KafkaConnection connection = KafkaConnection.open(shared, origin, ownership)) {
            transport.use(connection);
            work.recover();
            connected = true;
            while (!running.isStopping()) {
                boolean worked = work.runOnce();
                idle = work.isIdle();
                if (!worked) {
                    work.awaitWork(work.inFlight() > 0 ? IN_FLIGHT_WAIT_NANOS : IDLE_WAIT_NANOS);
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
            takenOver = newOwner(e).map(owner -> origin.name() + " was taken over by " + owner);
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
            shared.ledger().catchUp();
            return ownership.takenOverBy(shared.ledger().owner(origin.id().toString()));
        } catch (KafkaException | IOException e) {
            fenced.addSuppressed(e);
            return Optional.empty();
        }
    }

    /** Why logs are not sent; empty when they are. */
    public String notReadyReason() {
        return failure().orElse(connected ? work.problem() : "not connected to Kafka");
    }

    /** Whether every log is archived or left alone. */
    public boolean isIdle() {
        return connected && idle;
    }

    public Optional<String> failure() {
        return takenOver.or(() -> loop.failure().map(Throwable::toString));
    }

    @Override
    public void close() throws IOException {
        loop.stop(STOP_TIMEOUT);
        work.close();
    }
}
