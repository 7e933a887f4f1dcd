package dynoai.app.storage;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.catalogue.shelf.RunFolders;
import dynoai.exporter.shelf.FolderShelf;
import dynoai.exporter.shelf.RunCopies;
import dynoai.exporter.shelf.RunShelf;
import dynoai.exporter.shelf.Storage;
import dynoai.exporter.shelf.StorageSettings;
import dynoai.schemas.store.ContentStore;
import dynoai.schemas.store.FolderStore;
import java.nio.file.Path;

/**
 * Where logs or runs are kept.
 *
 * @param place a folder, or an address such as {@code s3://bucket/prefix}
 */
public record StorageLocation(String place, StorageAccess access) {
    private static final String ADDRESS = "://";

    /** The folder of drafts and copies in a data directory. */
    private static final String LOCAL = "s3";

    /** The folder of copies of runs in a data directory. */
    private static final String COPIES = "runs";

    public static StorageLocation of(Path folder) {
        return new StorageLocation(folder.toString(), StorageAccess.DEFAULT);
    }

    /** Whether a text is an address and not a folder. */
    public static boolean isAddress(String place) {
        return place.contains(ADDRESS);
    }

    public boolean isFolder() {
        return !isAddress(place);
    }

    /** Returns the folder; only for {@link #isFolder}. */
    public Path folder() {
        if (!isFolder()) {
            throw new IllegalStateException("not a folder: " + place);
        }
        return Path.of(place);
    }

    /**
     * Returns the folder.
     *
     * @param reason why an address is not supported, which follows the address in the message
     */
    public Path folder(String reason) throws CommandException {
        if (!isFolder()) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, place + ": " + reason);
        }
        return folder();
    }

    /** Returns the same place, as a process with another working directory has to name it. */
    public StorageLocation absolute() {
        return isFolder()
                ? new StorageLocation(folder().toAbsolutePath().normalize().toString(), access)
                : this;
    }

    /**
     * Opens a store of logs.
     *
     * @param data data directory, which has the drafts and copies of a store at an address
     */
    public ContentStore store(Path data) throws CommandException {
        return isFolder() ? new FolderStore(folder()) : open(data, Storage::store);
    }

    /**
     * Opens a shelf of runs.
     *
     * @param data data directory, which has the drafts of a shelf at an address
     * @param instance name of this process, whose unfinished runs in a folder are its own
     */
    public RunShelf shelf(Path data, String instance) throws CommandException {
        return isFolder() ? new FolderShelf(folder(), instance) : open(data, Storage::shelf);
    }

    /**
     * Returns the run folders for what reads files: those of the folder, or copies of runs at an address.
     *
     * @param data data directory, which has the copies
     * @param drop the drop folder, for rejected logs
     * @param reader name of what reads in this process, whose unfinished copies are its own
     */
    public RunFolders runFolders(Path data, Path drop, String reader) throws CommandException {
        return isFolder()
                ? new RunFolders(folder(), drop)
                : new RunFolders(copies(data, data.resolve(COPIES), reader), drop);
    }

    /**
     * Returns copies of the runs at an address.
     *
     * @param copies folder of the copies
     */
    public RunCopies copies(Path data, Path copies, String reader) throws CommandException {
        return new RunCopies(shelf(data, reader), copies, reader, RunCopies.MAX_BYTES);
    }

    private <T> T open(Path data, Opener<T> opener) throws CommandException {
        Storage storage = StorageModule.forAddress(place);
        try {
            return opener.open(storage, place, access.settings(data.resolve(LOCAL)));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, String.valueOf(e.getMessage()), e);
        }
    }

    @FunctionalInterface
    private interface Opener<T> {
        T open(Storage storage, String address, StorageSettings settings);
    }

    @Override
    public String toString() {
        return place;
    }
}
