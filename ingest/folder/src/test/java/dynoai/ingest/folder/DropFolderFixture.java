package dynoai.ingest.folder;

import dynoai.ingest.folder.run.Admission;
import dynoai.ingest.folder.run.FileState;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.run.ShopTurns;
import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.schemas.file.DiskRoom;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A drop folder with its own clock, an in-memory transport and the events that were reported. */
final class DropFolderFixture implements AutoCloseable {
    final Path folder;
    final Path store;
    final InMemoryTransport transport = new InMemoryTransport();
    final Map<String, FileState> states = new HashMap<>();
    final List<String> failures = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final List<String> pauses = new ArrayList<>();
    /** Called with each file whose state changed. */
    Consumer<String> onChange = file -> {};

    DiskRoom.Room disk = new DiskRoom.Room(100L << 30, 50L << 30);
    private final AtomicLong nanos = new AtomicLong();
    private FolderSettings settings;
    private DropRoot root;
    private FolderIngest ingest;

    private DropFolderFixture(Path parent) {
        this.folder = parent.resolve("drop");
        this.store = parent.resolve("store");
        this.settings = FolderSettings.of(folder, new FolderStore(store)).watch(false);
    }

    static DropFolderFixture in(Path parent) throws IOException {
        DropFolderFixture fixture = new DropFolderFixture(parent);
        Files.createDirectories(fixture.folder);
        return fixture;
    }

    DropFolderFixture with(FolderSettings changed) {
        settings = changed;
        return this;
    }

    static DropFolderFixture in(Path parent, ShopTurns.Limits limits) throws IOException {
        DropFolderFixture fixture = in(parent);
        return fixture.with(fixture.settings.admission(new Admission(limits)));
    }

    FolderSettings settings() {
        return settings;
    }

    /** Shares the ledger, the store and the admission with another drop folder, as in one process. */
    DropFolderFixture sharing(DropFolderFixture other) {
        transport.ledger = other.transport.ledger;
        return with(FolderSettings.of(folder, new FolderStore(other.store))
                .watch(false)
                .admission(other.settings.admission()));
    }

    DropFolderFixture start() throws Exception {
        root = DropRoot.open(folder);
        IngestEvents events = new IngestEvents() {
            @Override
            public void fileChanged(Path file, FileState state) {
                onChange.accept(file.toString());
                states.put(file.toString().replace('\\', '/'), state);
            }

            @Override
            public void claimingPaused(String why) {
                pauses.add(why);
            }

            @Override
            public void transientFailure(String where, Exception cause) {
                failures.add(where + ": " + cause);
            }

            @Override
            public void warning(String where, String message) {
                warnings.add(where + ": " + message);
            }
        };
        ingest = new FolderIngest(root, settings, transport, events, nanos::get, disk -> this.disk);
        ingest.recover();
        return this;
    }

    /** Loses everything in memory, like a killed process. */
    DropFolderFixture restart() throws Exception {
        close();
        transport.results.clear();
        return start();
    }

    Path drop(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    void pass(Duration time) throws Exception {
        nanos.addAndGet(time.toNanos());
        while (ingest.runOnce()) {
            continue;
        }
    }

    /** Waits for a file event in the drop folder, at most until the next scan is due, in real time. */
    void awaitWork() throws InterruptedException {
        ingest.awaitWork(Long.MAX_VALUE);
    }

    /** Lets everything settle, be claimed and be archived. */
    void passSettleTime() throws Exception {
        pass(Duration.ZERO);
        pass(settings.poll());
        pass(settings.settle());
        pass(settings.poll());
    }

    /** The same with the transport down. */
    void passSettleTimeWhileDown() throws Exception {
        try {
            passSettleTime();
        } catch (TransportUnavailableException ignored) {
            return;
        }
        throw new IllegalStateException("nothing was sent");
    }

    /** Lets time pass in steps with the transport down. */
    void passWhileDown(Duration step, int steps) throws Exception {
        for (int i = 0; i < steps; i++) {
            nanos.addAndGet(step.toNanos());
            try {
                pass(Duration.ZERO);
            } catch (TransportUnavailableException ignored) {
                // The other logs have their turn in the next step.
                continue;
            }
        }
    }

    /** Recovers on a new connection, as a stage does after a failure of the transport. */
    void reconnect() throws Exception {
        ingest.recover();
        pass(Duration.ofSeconds(3));
    }

    String problem() {
        return ingest.problem();
    }

    boolean isIdle() {
        return ingest.isIdle();
    }

    FileState state(String name) {
        return states.get(name);
    }

    /** Files below a folder of the root, relative to it, without their run ids and days. */
    List<String> filesIn(String kind) throws IOException {
        Path start = folder.resolve(kind);
        if (!Files.exists(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> start.relativize(file)
                            .toString()
                            .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9-]+Z-[0-9a-f]{6}-", ""))
                    .map(name -> name.replaceFirst("^\\d{4}-\\d\\d-\\d\\d/", ""))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        if (ingest != null) {
            ingest.close();
            root.close();
            ingest = null;
        }
    }
}
