package dynoai.agent;

import dynoai.agent.http.IntakeClient;
import dynoai.agent.http.IntakeUnavailableException;
import dynoai.ingest.folder.FolderIngest;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.FileState;
import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.schemas.run.ProductVersion;
import dynoai.schemas.stage.RetryLoop;
import dynoai.schemas.stage.Stage;
import dynoai.schemas.store.ContentStore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A running agent: the drop folder of a shop whose runs an intake analyses. One thread works on the folder and sends logs, one
 * waits for results, one keeps contact and finds out when the intake can be reached again.
 */
public final class Agent implements Stage {
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

    private final AgentSettings settings;
    private final Path data;
    private final AgentEvents events;
    private final DropRoot root;
    private final FolderIngest folder;
    private final Connection connection;
    private final IntakeClient client;
    private final RunResults results;
    private final ResultFolders folders;
    private final UploadedLogs logs;
    private final LogBoard board = new LogBoard();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Instant started;
    private final List<RetryLoop> loops;
    private volatile boolean watching;
    private volatile boolean idle;
    private volatile String page = "";
    private long nextContact = System.nanoTime();
    private Map<String, ?> written = Map.of();

    private Agent(AgentSettings settings, AgentEvents listener, DropRoot root) throws IOException {
        this.settings = settings;
        this.data = settings.data();
        this.events = new BoardEvents(listener);
        this.root = root;
        ContentStore store = settings.folder().store();
        Clock clock = settings.folder().clock();
        this.started = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        this.connection = new Connection(events, clock, System::nanoTime);
        this.client = new IntakeClient(settings.intake(), settings.tokenFile(), settings.authorities());
        this.folders = new ResultFolders(settings.results(), store);
        this.results = new RunResults(client, folders, connection, events, System::nanoTime);
        this.logs = new UploadedLogs(store.drafts());
        ResumableUpload upload = new ResumableUpload(
                client,
                events,
                new RateLimit(settings.bytesPerSecond(), System::nanoTime),
                System::nanoTime,
                nanos -> stopping.await(nanos, TimeUnit.NANOSECONDS));
        this.folder = new FolderIngest(
                root,
                settings.folder(),
                new IntakeTransport(settings.intake(), client, upload, results, connection, store, logs),
                events);
        Duration min = settings.timing().minRetry();
        Duration max = settings.timing().maxRetry();
        this.loops = List.of(
                RetryLoop.of("dynoai-agent", min, max, this::work, this::isTransient),
                RetryLoop.of("dynoai-agent-results", min, max, results::run, this::isTransient),
                RetryLoop.of("dynoai-agent-contact", min, max, this::keepContact, this::isTransient));
    }

    /**
     * Locks the drop folder and starts. The intake need not be reachable.
     *
     * @throws IOException if a folder cannot be used, or another process has locked the drop folder
     */
    public static Agent start(AgentSettings settings, AgentEvents events) throws IOException {
        DropRoot root = DropRoot.open(settings.folder().root());
        try {
            checkApart(root.path(), settings.results());
            checkApart(root.path(), settings.data());
            Agent agent = new Agent(settings, events, root);
            agent.logs.deleteUnclaimed(root.work());
            agent.folders.deleteUnfinished();
            agent.loops.forEach(RetryLoop::start);
            return agent;
        } catch (IOException | RuntimeException e) {
            root.close();
            throw e;
        }
    }

    /** Logs inside of results would be taken for dropped ones. */
    private static void checkApart(Path drop, Path other) throws IOException {
        Path real = Files.createDirectories(other).toRealPath();
        if (real.startsWith(drop) || drop.startsWith(real)) {
            throw new FileSystemException(
                    real.toString(), drop.toString(), "must be neither in the drop folder nor around it");
        }
    }

    @Override
    public String name() {
        return "agent";
    }

    private void work(RetryLoop loop) throws Exception {
        if (!watching) {
            folder.recover();
            watching = true;
        }
        while (!loop.isStopping()) {
            boolean worked;
            try {
                worked = folder.runOnce();
            } catch (TransportUnavailableException ignored) {
                // The connection has reported it. Other logs are still claimed and checked.
                worked = false;
            }
            idle = folder.isIdle();
            if (!worked) {
                folder.awaitWork(WAIT_NANOS);
            }
        }
    }

    /** Also finds out whether a connection that failed works again. */
    private void keepContact(RetryLoop loop) throws IntakeUnavailableException, IOException {
        writeStatus();
        if (!watching) {
            // The HTTP client takes longer to start than the rest.
            return;
        }
        if (connection.isUp() && System.nanoTime() - nextContact < 0) {
            return;
        }
        try {
            client.contact(settings.name(), contact());
            connection.succeeded();
            nextContact = System.nanoTime() + settings.timing().contact().toNanos();
        } finally {
            writeStatus();
        }
    }

    private Map<String, Object> contact() {
        Map<String, Object> contact = new LinkedHashMap<>();
        contact.put("version", ProductVersion.VERSION);
        contact.put("started", started.toString());
        contact.put("waiting", (long) board.count(LogBoard.WAITING));
        contact.put("uploading", (long) board.count(LogBoard.UPLOADING));
        contact.put("in_flight", (long) board.count(LogBoard.SENT));
        contact.put("last_error", connection.error());
        return contact;
    }

    private void writeStatus() throws IOException {
        AgentStatus status = status();
        if (!status.toMap().equals(written)) {
            status.writeTo(data);
            written = status.toMap();
        }
    }

    private boolean isTransient(Throwable failure) {
        if (failure instanceof IntakeUnavailableException e) {
            connection.failed(e);
            return true;
        }
        if (failure instanceof Exception e && !(e instanceof RuntimeException)) {
            events.transientFailure(name(), e);
            return true;
        }
        events.failed(name(), failure);
        return false;
    }

    /** Returns the state of the connection and of the logs. May be called by any thread. */
    public AgentStatus status() {
        return new AgentStatus(
                settings.name(),
                ProductVersion.VERSION,
                settings.intake().toString(),
                root.path().toString(),
                ProcessHandle.current().pid(),
                started,
                connection.isUp() && connection.lastContact().isPresent(),
                connection.error(),
                connection.lastContact(),
                page,
                board.logs());
    }

    /** Records the address of the page in the status. */
    public void showsPage(String address) {
        page = address;
    }

    @Override
    public String notReadyReason() {
        return failure().orElse(watching ? folder.problem() : "starting");
    }

    /** Whether every file in the drop folder is archived or left alone. */
    @Override
    public boolean isIdle() {
        return watching && idle;
    }

    @Override
    public Optional<String> failure() {
        return loops.stream()
                .flatMap(loop -> loop.failure().stream())
                .map(Throwable::toString)
                .findFirst();
    }

    @Override
    public void close() throws IOException {
        stopping.countDown();
        loops.forEach(RetryLoop::requestStop);
        client.close();
        loops.forEach(loop -> loop.stop(STOP_TIMEOUT));
        folder.close();
        root.close();
    }

    /** Keeps the board and the store up to date, and passes everything on. */
    private final class BoardEvents implements AgentEvents {
        private final AgentEvents listener;

        private BoardEvents(AgentEvents listener) {
            this.listener = listener;
        }

        @Override
        public void fileChanged(Path file, FileState state) {
            board.changed(file, state);
            if (state instanceof FileState.Done done) {
                ended(file, done.runId());
            } else if (state instanceof FileState.Rejected rejected) {
                ended(file, rejected.runId());
            } else if (state instanceof FileState.Duplicate duplicate) {
                ended(file, duplicate.runId());
            }
            listener.fileChanged(file, state);
        }

        private void ended(Path file, String runId) {
            results.forget(runId);
            try {
                logs.release(runId);
            } catch (IOException e) {
                // It goes at the next start.
                listener.warning(file.toString(), "its copy in " + data + " cannot be deleted: " + e);
            }
        }

        @Override
        public void fileVanished(Path file) {
            board.vanished(file);
            listener.fileVanished(file);
        }

        @Override
        public void fileStarted(Claim claim) {
            listener.fileStarted(claim);
        }

        @Override
        public void fileCommitted(Claim claim) {
            listener.fileCommitted(claim);
        }

        @Override
        public void uploadProgress(Claim claim, long bytes) {
            board.uploading(claim, bytes);
            listener.uploadProgress(claim, bytes);
        }

        @Override
        public void runReturned(Claim claim, Path place) {
            listener.runReturned(claim, place);
        }

        @Override
        public void runResent(Claim claim) {
            listener.runResent(claim);
        }

        @Override
        public void claimingPaused(String why) {
            listener.claimingPaused(why);
        }

        @Override
        public void connected() {
            listener.connected();
        }

        @Override
        public void disconnected(String why) {
            board.paused(why);
            listener.disconnected(why);
        }

        @Override
        public void transientFailure(String where, Exception cause) {
            listener.transientFailure(where, cause);
        }

        @Override
        public void warning(String where, String message) {
            listener.warning(where, message);
        }

        @Override
        public void failed(String stage, Throwable bug) {
            listener.failed(stage, bug);
        }
    }
}
