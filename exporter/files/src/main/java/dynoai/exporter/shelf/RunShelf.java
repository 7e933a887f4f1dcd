package dynoai.exporter.shelf;

import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.manifest.ManifestOutput;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Keeps published runs. A run is on the shelf with all its files or not at all, and never changes; only a failed run may be
 * replaced. Thread-safe.
 *
 * <p>Every method throws {@link StoreUnavailableException} when the shelf cannot be used at the moment.
 */
public interface RunShelf {
    /** The folder or address of the shelf. */
    String location();

    /** The folder or address of a run. */
    String location(RunKey run);

    /** The local folder in which runs are written before they are published. */
    Path drafts();

    /** Prepares the shelf for {@link #begin}: removes what this instance left unfinished when it was killed. */
    void sweep() throws IOException;

    /** Returns a published run. Anything else under its name is not one. */
    Optional<ShelvedRun> find(RunKey run) throws IOException, UnsafePathException;

    /**
     * Begins a run. {@link RunFolder#publish} puts it on the shelf and throws {@link FileAlreadyExistsException} if another
     * one was published or replaced meanwhile.
     *
     * @param replaced the failed run that it replaces; empty for a new run
     */
    RunFolder begin(RunKey run, Optional<ShelvedRun> replaced)
            throws IOException, RunFolderOccupiedException, UnsafePathException;

    /** Removes what other instances left unfinished of a run that is published. */
    void removeUnfinished(RunKey published) throws IOException, UnsafePathException;

    /**
     * Opens a file of a run. Reading to its end throws {@link InvalidRunFolderException} if the bytes are not those of
     * the manifest.
     *
     * @throws NoSuchFileException if the run has no such file
     */
    InputStream open(ShelvedRun run, String file) throws IOException;

    /** Whether every file that the manifest lists has its size and hash. */
    default boolean isIntact(ShelvedRun run) throws IOException {
        for (ManifestOutput output : run.manifest().outputs()) {
            try (InputStream in = open(run, output.file())) {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (NoSuchFileException | InvalidRunFolderException ignored) {
                return false; // It is missing or has other bytes.
            }
        }
        return true;
    }

    /** Copies the chosen files of a run into a folder and checks their hashes. */
    default void copy(ShelvedRun run, Predicate<String> chosen, RunFolder into) throws IOException {
        for (String file : run.files().stream().filter(chosen).toList()) {
            try (InputStream in = open(run, file)) {
                in.transferTo(into.create(file));
            }
        }
    }

    /** Writes all files of a run into a zip file, always with the same bytes, and checks their hashes. */
    default void writeBundle(ShelvedRun run, Path zip) throws IOException {
        Bundle.write(run, file -> open(run, file), zip);
    }

    /** Visits every published run, in no particular order. */
    void list(RunVisitor visitor) throws IOException;

    /** Takes the runs of a shelf, one after another. */
    @FunctionalInterface
    interface RunVisitor {
        void visit(RunKey run) throws IOException;
    }
}
