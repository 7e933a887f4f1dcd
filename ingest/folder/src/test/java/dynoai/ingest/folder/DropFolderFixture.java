package dynoai.ingest.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A drop folder with a clock of its own, a transport in memory, and the states that were reported. */
final class DropFolderFixture implements AutoCloseable {
    final Path folder;
    final Path store;
    final InMemoryTransport transport = new InMemoryTransport();
    final Map<String, FileState> states = new HashMap<>();
    final List<String> failures = new ArrayList<>();
    final List<String> pauses = new ArrayList<>();
    DiskRoom.Room disk = new DiskRoom.Room(100L << 30, 50L << 30);
    private final AtomicLong nanos = new AtomicLong();
    private FolderSettings settings;
    private DropRoot root;
    private FolderIngest ingest;

    private DropFolderFixture(Path parent) {
        this.folder = parent.resolve("drop");
        this.store = parent.resolve("store");
        this.settings = FolderSettings.of(folder, store).watch(false);
    }

    static DropFolderFixture in(Path parent) throws IOException {
        DropFolderFixture drops = new DropFolderFixture(parent);
        Files.createDirectories(drops.folder);
        return drops;
    }

    DropFolderFixture with(FolderSettings changed) {
        settings = changed;
        return this;
    }

    FolderSettings settings() {
        return settings;
    }

    DropFolderFixture start() throws Exception {
        root = DropRoot.open(folder);
        IngestEvents events = new IngestEvents() {
            @Override
            public void fileChanged(Path file, FileState state) {
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
        };
        ingest = new FolderIngest(root, settings, transport, events, Clock.systemUTC(), nanos::get, disk -> this.disk);
        ingest.recover();
        return this;
    }

    /** Forgets all that is in memory, as a killed process does. */
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

    /** Long enough for everything to settle, be taken and end. */
    void passSettleTime() throws Exception {
        pass(Duration.ZERO);
        pass(settings.poll());
        pass(settings.settle());
        pass(settings.poll());
    }

    boolean isIdle() {
        return ingest.isIdle();
    }

    FileState state(String name) {
        return states.get(name);
    }

    /** Files below a folder of the root, relative to it, without their run ids and days. */
    List<String> below(String kind) throws IOException {
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
