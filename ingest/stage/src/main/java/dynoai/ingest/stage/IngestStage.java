package dynoai.ingest.stage;

import dynoai.ingest.folder.FolderIngest;
import dynoai.ingest.folder.FolderSettings;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.schemas.stage.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/** The ingest of the drop folders of a process as a running stage. It ends when the ingest of one of them does. */
public final class IngestStage implements Stage {
    static final String NAME = "ingest";

    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(2);

    private final IngestLoops folders;

    private IngestStage(IngestLoops folders) {
        this.folders = folders;
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
        stage.folders.start();
        return stage;
    }

    private void open(FolderSettings folder, IngestEvents events) throws IOException {
        boolean made = !Files.exists(folder.root());
        DropRoot root = DropRoot.open(folder.root());
        folders.closeAtEnd(root::close);
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
                CommitGuard.NONE,
                false);
        folders.add(origin, transport -> new FolderIngest(root, folder, transport, events));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String notReadyReason() {
        return folders.notReadyReason();
    }

    /** Whether every file in the drop folders is archived or left alone. */
    @Override
    public boolean isIdle() {
        return folders.isIdle();
    }

    @Override
    public Optional<String> failure() {
        return folders.failure();
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
        folders.close();
    }
}
