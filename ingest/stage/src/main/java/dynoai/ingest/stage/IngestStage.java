package dynoai.ingest.stage;

import dynoai.ingest.folder.FolderIngest;
import dynoai.ingest.folder.FolderSettings;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.schemas.stage.Stage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ingest of the drop folders of a process as a running stage. It ends when the ingest of one of them does. */
public final class IngestStage implements Stage {
    static final String NAME = "ingest";

    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(2);

    private final IngestLoops shared;
    private final List<DropRoot> roots = new ArrayList<>();
    private final List<IngestLoop> folders = new ArrayList<>();

    private IngestStage(IngestLoops shared) {
        this.shared = shared;
    }

    /**
     * Locks the drop folders and starts.
     *
     * @throws IOException if a folder cannot be used, or another process on this machine has locked it
     */
    public static IngestStage start(IngestSettings settings, IngestEvents events) throws IOException {
        IngestStage stage = new IngestStage(
                IngestLoops.open(settings.kafka(), settings.node(), settings.publishRows(), settings.ledger(), events));
        try {
            for (FolderSettings folder : settings.folders()) {
                stage.open(folder, events);
            }
        } catch (IOException | RuntimeException e) {
            stage.closeAfter(e);
            throw e;
        }
        stage.folders.forEach(IngestLoop::start);
        return stage;
    }

    private void open(FolderSettings folder, IngestEvents events) throws IOException {
        boolean made = !Files.exists(folder.root());
        DropRoot root = DropRoot.open(folder.root());
        roots.add(root);
        if (made) {
            events.warning(
                    root.path().toString(),
                    "the drop folder did not exist and was made; if it belongs on another disk, is that mounted?");
        }
        IngestLoop.Origin origin = new IngestLoop.Origin(
                root.id(),
                "the drop folder " + root.path(),
                folder.store(),
                root.work(),
                TRANSACTION_TIMEOUT,
                CommitGuard.NONE);
        folders.add(shared.loop(origin, transport -> new FolderIngest(root, folder, transport, events)));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String notReadyReason() {
        return folders.stream()
                .map(IngestLoop::notReadyReason)
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Whether every file in the drop folders is archived or left alone. */
    @Override
    public boolean isIdle() {
        return folders.stream().allMatch(IngestLoop::isIdle);
    }

    @Override
    public Optional<String> failure() {
        return folders.stream().flatMap(folder -> folder.failure().stream()).findFirst();
    }

    private void closeAfter(Exception failure) {
        try {
            close();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() throws IOException {
        folders.forEach(IngestLoop::requestStop);
        List<Closeable> parts = new ArrayList<>(folders);
        roots.forEach(root -> parts.add(root::close));
        parts.add(shared);
        IOException failure = null;
        for (Closeable part : parts) {
            try {
                part.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
