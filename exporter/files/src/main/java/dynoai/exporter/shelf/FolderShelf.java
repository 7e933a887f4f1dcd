package dynoai.exporter.shelf;

import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.schemas.file.SafePath;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A shelf in a folder: run {@code RUN_ID} of shop {@code local} is the folder {@code RUN_ID}, one of another shop {@code
 * SHOP/RUN_ID}. It appears there by a rename.
 */
public final class FolderShelf implements RunShelf {
    private final Path given;
    private final String instance;
    private volatile Path runs;
    private volatile UnfinishedRuns unfinished = UnfinishedRuns.NONE;

    /** @param instance name of the process, which removes only its own unfinished runs: letters, digits, hyphens */
    public FolderShelf(Path runs, String instance) {
        this.given = runs;
        this.runs = runs;
        this.instance = instance;
    }

    @Override
    public String location() {
        return given.toString();
    }

    @Override
    public String location(RunKey run) {
        return folder(run).toString();
    }

    /** The folder of the shelf: a finished run is published by a rename. */
    @Override
    public Path drafts() {
        return runs;
    }

    /** Creates the folder if it does not exist. */
    @Override
    public void sweep() throws IOException {
        runs = Files.createDirectories(given).toRealPath();
        unfinished = UnfinishedRuns.sweep(runs, instance);
    }

    @Override
    public Optional<ShelvedRun> find(RunKey run) throws IOException, UnsafePathException {
        return ManifestReader.find(folderOf(run)).map(manifest -> new ShelvedRun(run, manifest, ""));
    }

    @Override
    public RunFolder begin(RunKey run, Optional<ShelvedRun> replaced)
            throws IOException, RunFolderOccupiedException, UnsafePathException {
        return replaced.isPresent()
                ? RunFolder.replacing(folderOf(run), instance)
                : RunFolder.fresh(folderOf(run), instance);
    }

    @Override
    public void removeUnfinished(RunKey published) throws IOException, UnsafePathException {
        unfinished.removeOf(folderOf(published));
    }

    @Override
    public InputStream open(ShelvedRun run, String file) throws IOException {
        CheckedStream.sha256(run, file);
        return CheckedStream.of(
                run, file, Files.newInputStream(folder(run.key()).resolve(file)));
    }

    @Override
    public void list(RunVisitor visitor) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs, UnfinishedRuns::isVisibleFolder)) {
            for (Path folder : folders) {
                String name = folder.getFileName().toString();
                if (!RunId.isValid(name)) {
                    continue;
                }
                if (Files.exists(RunFolderLayout.manifestIn(folder))) {
                    visitor.visit(new RunKey(RunKey.LOCAL_SHOP, name));
                } else {
                    listShop(name, folder, visitor);
                }
            }
        } catch (NoSuchFileException ignored) {
            // No run was published yet.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void listShop(String shop, Path folder, RunVisitor visitor) throws IOException {
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(folder, UnfinishedRuns::isVisibleFolder)) {
            for (Path run : runs) {
                String name = run.getFileName().toString();
                if (RunId.isValid(name) && Files.exists(RunFolderLayout.manifestIn(run))) {
                    visitor.visit(new RunKey(shop, name));
                }
            }
        }
    }

    private Path folder(RunKey run) {
        Path shop = run.shop().equals(RunKey.LOCAL_SHOP) ? runs : runs.resolve(run.shop());
        return shop.resolve(run.runId());
    }

    /** Returns the folder of a run, which may not exist. */
    Path folderOf(RunKey run) throws IOException, UnsafePathException {
        Path shop = run.shop().equals(RunKey.LOCAL_SHOP) ? runs : SafePath.ofId(runs, run.shop());
        return SafePath.ofId(shop, run.runId());
    }
}
