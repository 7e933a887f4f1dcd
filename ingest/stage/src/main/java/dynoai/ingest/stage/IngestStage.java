package dynoai.ingest.stage;

import dynoai.ingest.folder.FolderSettings;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.schemas.stage.Stage;
import dynoai.schemas.topic.PublishedSchemas;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ingest of the drop folders of a process as a running stage. It ends when the ingest of one of them does. */
public final class IngestStage implements Stage {
    static final String NAME = "ingest";

    private final PublishedSchemas schemas;
    private final Ledger ledger;
    private final List<FolderLoop> folders = new ArrayList<>();

    private IngestStage(PublishedSchemas schemas, Ledger ledger) {
        this.schemas = schemas;
        this.ledger = ledger;
    }

    /**
     * Locks the drop folders and starts.
     *
     * @throws IOException if a folder cannot be used, or another process on this machine has locked it
     */
    public static IngestStage start(IngestSettings settings, IngestEvents events) throws IOException {
        PublishedSchemas schemas = new PublishedSchemas(settings.kafka());
        Ledger ledger = Ledger.open(settings.ledger(), () -> LedgerReader.open(settings.kafka()), schemas, events);
        IngestStage stage = new IngestStage(schemas, ledger);
        try {
            for (FolderSettings folder : settings.folders()) {
                stage.folders.add(FolderLoop.open(settings, folder, ledger, schemas, events));
            }
        } catch (IOException | RuntimeException e) {
            stage.closeAfter(e);
            throw e;
        }
        stage.folders.forEach(FolderLoop::start);
        return stage;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String notReadyReason() {
        return folders.stream()
                .map(FolderLoop::notReadyReason)
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Whether every file in the drop folders is archived or left alone. */
    @Override
    public boolean isIdle() {
        return folders.stream().allMatch(FolderLoop::isIdle);
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
        folders.forEach(FolderLoop::requestStop);
        List<Closeable> parts = new ArrayList<>(folders);
        parts.add(ledger);
        parts.add(schemas::close);
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
