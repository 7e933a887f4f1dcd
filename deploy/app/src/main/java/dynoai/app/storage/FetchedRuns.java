package dynoai.app.storage;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.app.console.Paths;
import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.shelf.RunCopy;
import dynoai.exporter.shelf.RunShelf;
import dynoai.exporter.shelf.ShelvedRun;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.record.RunKey;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The runs that a command reads. A run with an address is copied to a temporary folder, where every hash is checked; closing
 * deletes it.
 */
public final class FetchedRuns implements Closeable {
    private static final String INSTANCE = "fetch";
    private static final Pattern RUN = Pattern.compile("(.+)/([^/]+/[^/]+)/*");

    private final StorageAccess access;
    private final Map<Path, String> addresses = new LinkedHashMap<>();
    private @Nullable Path temporary;

    public FetchedRuns(StorageAccess access) {
        this.access = access;
    }

    /**
     * Returns the folder of a run.
     *
     * @param run a folder or file, which is returned, or an address with shop and run id, as {@code s3://bucket/north/ID}
     * @throws NoSuchFileException if there is no run at the address
     */
    public Path folder(String run) throws IOException, CommandException, UnsafePathException {
        if (!StorageLocation.isAddress(run)) {
            return Paths.of(run);
        }
        Matcher parts = RUN.matcher(run);
        if (!parts.matches() || !RunKey.isKey(parts.group(2)) || parts.group(1).endsWith("/")) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, "not an address like s3://bucket/prefix/SHOP/RUN_ID: '" + run + "'");
        }
        RunKey key = RunKey.parse(parts.group(2));
        RunShelf shelf = shelf(parts.group(1));
        ShelvedRun found = find(shelf, key);
        Path copy = copy(shelf, found, temporary().resolve("run-" + addresses.size()));
        addresses.put(copy, run);
        return copy;
    }

    /**
     * Returns the folder of the run folders.
     *
     * @param runs a folder, which is returned, or the address of a shelf
     * @param chosen selects the runs of a shelf that are copied
     */
    public Path folderOfRuns(String runs, Predicate<Manifest> chosen)
            throws IOException, CommandException, UnsafePathException {
        if (!StorageLocation.isAddress(runs)) {
            return Paths.of(runs);
        }
        RunShelf shelf = shelf(runs);
        List<RunKey> keys = new ArrayList<>();
        shelf.list(keys::add);
        for (RunKey key : keys) {
            Optional<ShelvedRun> run = shelf.find(key).filter(found -> chosen.test(found.manifest()));
            if (run.isPresent()) {
                copy(shelf, run.get(), temporary());
            }
        }
        return temporary();
    }

    /** Returns what a folder is in messages: the address of its run, else the folder. */
    public String name(Path folder) {
        return addresses.getOrDefault(folder, folder.toString());
    }

    /** @throws NoSuchFileException if there is no such run */
    static ShelvedRun find(RunShelf shelf, RunKey key) throws IOException, UnsafePathException {
        return shelf.find(key)
                .orElseThrow(() -> new NoSuchFileException(
                        shelf.location(key), null, "no run " + key.runId() + " of shop " + key.shop()));
    }

    private RunShelf shelf(String place) throws IOException, CommandException {
        return new StorageLocation(place, access).shelf(temporary(), INSTANCE);
    }

    private static Path copy(RunShelf shelf, ShelvedRun run, Path runs) throws IOException {
        Path folder = runs.resolve(run.key().shop()).resolve(run.key().runId());
        try {
            RunCopy.create(shelf, run, folder, INSTANCE);
        } catch (RunFolderOccupiedException e) {
            throw new IOException(e.getMessage(), e);
        }
        return folder;
    }

    private Path temporary() throws IOException {
        if (temporary == null) {
            temporary = Files.createTempDirectory("dynoai-runs-").toRealPath();
        }
        return temporary;
    }

    @Override
    public void close() throws IOException {
        if (temporary != null) {
            RunFolder.discard(temporary);
        }
    }
}
