package dynoai.exporter.stage;

import dynoai.schemas.file.HmacKey;
import dynoai.schemas.record.RunSigner;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.store.ContentStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The store of logs that the ingest fills, possibly on another machine. What it lacks is never the fault of a run. */
final class SharedStore {
    private final ContentStore store;
    private final boolean remoteIngest;

    SharedStore(ExporterSettings settings) {
        this.store = settings.store();
        this.remoteIngest = settings.remoteIngest();
    }

    /**
     * Returns what verifies the runs of the ingests that share the store, with the key as it is now.
     *
     * @throws TransientFailureException if a remote ingest put the run's log into another store, or there is no key
     */
    RunSigner signerFor(RunStarted started) throws TransientFailureException {
        RunSigner signer;
        try {
            Optional<String> key = store.find(ContentStore.Text.KEY);
            if (key.isEmpty()) {
                throw new NoSuchFileException(ContentStore.Text.KEY.file());
            }
            signer = new RunSigner(
                    new HmacKey(key.get()), store.find(ContentStore.Text.ID).orElse(""));
        } catch (IOException e) {
            throw TransientFailureException.noKey(store, e);
        }
        if (remoteIngest && signer.isOfOtherStore(started)) {
            throw TransientFailureException.otherStore(store, started);
        }
        return signer;
    }

    /** Returns the log of a run, whose hash was checked. */
    Path log(RunStarted started) throws IOException {
        return fetch(started, started.sha256());
    }

    /** Returns a file that an option of a run names, whose hash was checked. */
    Path fetch(RunStarted started, String sha256) throws IOException {
        try {
            return store.fetch(sha256);
        } catch (NoSuchFileException e) {
            throw TransientFailureException.missing(store, started, sha256, e);
        }
    }
}
