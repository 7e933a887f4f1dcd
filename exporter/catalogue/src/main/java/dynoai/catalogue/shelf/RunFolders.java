package dynoai.catalogue.shelf;

import dynoai.catalogue.CatalogueEntry;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.shelf.RunCopies;
import dynoai.exporter.shelf.RunShelf;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.claim.Claims;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.schemas.file.SafePath;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folders of runs and of rejected logs. Runs may also be on a shelf, from which they are copied when they are used. */
public final class RunFolders {
    private final Path runs;
    private final @Nullable RunCopies copies;
    private final @Nullable Path drop;
    private final @Nullable String shop;

    /** @param shop the only one; null for all */
    private RunFolders(Path runs, @Nullable RunCopies copies, @Nullable Path drop, @Nullable String shop) {
        this.runs = runs;
        this.copies = copies;
        this.drop = drop;
        this.shop = shop;
    }

    /** @param drop the drop folder, for rejected logs; null if not available */
    public RunFolders(Path runs, @Nullable Path drop) {
        this(runs, null, drop, null);
    }

    /** @param drop the drop folder, for rejected logs; null if not available */
    public RunFolders(RunCopies copies, @Nullable Path drop) {
        this(copies.folder(), copies, drop, null);
    }

    /** Returns the folders of one shop alone: runs and rejected logs of others do not exist there. */
    public RunFolders ofShop(String only) {
        return new RunFolders(runs, copies, drop, only);
    }

    private boolean isShown(String of) {
        return shop == null || shop.equals(of);
    }

    /** Returns the folder of all runs, which also has the marks of sessions. Of a shelf it has copies of some runs. */
    public Path all() {
        return runs;
    }

    /** Returns the shelf from which runs are copied; null if {@link #all} has all of them. */
    public @Nullable RunShelf shelf() {
        return copies == null ? null : copies.shelf();
    }

    /** Returns the place of all runs, for messages. */
    public String location() {
        return copies == null
                ? runs.toAbsolutePath().toString()
                : copies.shelf().location();
    }

    /** Returns the drop folder; null if not available. */
    public @Nullable Path drop() {
        return drop;
    }

    /**
     * Returns the folder of a run, which may not exist. A run of a shelf is copied first.
     *
     * @throws NoSuchFileException for a run of a shop that is not shown
     */
    public Path folder(String of, String runId) throws UnsafePathException, IOException {
        if (!isShown(of)) {
            throw new NoSuchFileException(runId);
        }
        Path folder = SafePath.ofId(of.equals(RunKey.LOCAL_SHOP) ? runs : SafePath.ofId(runs, of), runId);
        return copies == null ? folder : copies.fetch(new RunKey(of, runId));
    }

    /** Returns the entry of a run; empty if its folder is not here, or cannot be read yet. */
    public Optional<CatalogueEntry> entry(RunKey run) {
        try {
            return copies != null || Files.exists(RunFolderLayout.manifestIn(folder(run.shop(), run.runId())))
                    ? read(run)
                    : Optional.empty();
        } catch (UnsafePathException | IOException ignored) {
            return Optional.empty(); // The sweep reads it again.
        }
    }

    /** Returns the entry of a run; empty if there is no such run. Its folder may be a symbolic link of the operator. */
    Optional<CatalogueEntry> read(RunKey run) throws UnsafePathException, IOException {
        if (copies != null) {
            return copies.readWithoutLog(run, folder -> FolderEntry.ofRun(run.shop(), folder))
                    .flatMap(entry -> entry);
        }
        Path shop = run.shop().equals(RunKey.LOCAL_SHOP) ? runs : runs.resolve(run.shop());
        return FolderEntry.ofRun(run.shop(), shop.resolve(run.runId()));
    }

    /** Returns the archived log of a rejected or duplicate run; empty if it does not exist. */
    public Optional<Path> rejectedLog(String runId) throws IOException {
        if (drop == null || !RunId.isValid(runId)) {
            return Optional.empty();
        }
        for (String kind : List.of(DropRoot.REJECTED, DropRoot.DUPLICATES)) {
            for (Path day : folders(drop.resolve(kind), LinkOption.NOFOLLOW_LINKS)) {
                for (Path folder : folders(day, LinkOption.NOFOLLOW_LINKS)) {
                    String name = folder.getFileName().toString();
                    if (name.equals(runId) || name.startsWith(runId + "-")) {
                        Optional<Path> log = logIn(folder);
                        if (log.isPresent() || shop == null) {
                            return log;
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Its name is in the claim next to it, which any dropper may have written, so it must be a plain name. */
    private Optional<Path> logIn(Path folder) throws IOException {
        Optional<Claim> claim = ClaimKey.readUnverified(folder.resolve(Claims.FILE));
        if (claim.isEmpty() || !isShown(claim.get().shop())) {
            return Optional.empty();
        }
        Path log = folder.resolve(claim.get().name());
        boolean inside = folder.equals(log.normalize().getParent());
        return inside && Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS) ? Optional.of(log) : Optional.empty();
    }

    /** Returns the visible folders in a folder, the last name first; none if it does not exist. */
    static List<Path> folders(Path parent, LinkOption... links) throws IOException {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(parent, links)) {
            try (DirectoryStream<Path> found =
                    Files.newDirectoryStream(parent, child -> Files.isDirectory(child, links))) {
                for (Path folder : found) {
                    if (!folder.getFileName().toString().startsWith(".")) {
                        folders.add(folder);
                    }
                }
            } catch (NoSuchFileException ignored) {
                return List.of(); // The folder was just removed.
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        folders.sort(Comparator.comparing((Path folder) -> folder.getFileName().toString())
                .reversed());
        return folders;
    }
}
