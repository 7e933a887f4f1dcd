package dynoai.engine.retention;

import dynoai.engine.session.SessionMarks;
import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.ContentPath;
import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process that was killed left under hidden names. A run folder with its manifest, and a file of the store, get their
 * names back, so that they are decided about again; anything else is deleted.
 */
final class Leftovers {
    private final RetentionFolders folders;

    Leftovers(RetentionFolders folders) {
        this.folders = folders;
    }

    /** Returns what was left. */
    List<Path> find() throws IOException {
        List<Path> found = new ArrayList<>();
        addHidden(folders.store(), found);
        addOfShop(folders.runs(), found);
        for (Path shop : Inventory.entries(folders.runs())) {
            if (RunId.isValid(shop.getFileName().toString())
                    && !Files.exists(RunFolderLayout.manifestIn(shop), LinkOption.NOFOLLOW_LINKS)) {
                addOfShop(shop, found);
            }
        }
        if (folders.drop().isPresent()) {
            found.addAll(Inventory.entries(removing()));
        }
        return found;
    }

    private Path removing() {
        return folders.drop().orElseThrow().resolve(DropRoot.OWN).resolve(Remover.REMOVING);
    }

    private static void addOfShop(Path shop, List<Path> found) throws IOException {
        addHidden(shop, found);
        addHidden(shop.resolve(SessionMarks.FOLDER), found);
    }

    private static void addHidden(Path folder, List<Path> found) throws IOException {
        for (Path entry : Inventory.entries(folder)) {
            if (entry.getFileName().toString().startsWith(Remover.HIDDEN)) {
                found.add(entry);
            }
        }
    }

    void finish() throws IOException {
        for (Path hidden : find()) {
            Path above = AtomicFile.folderOf(hidden);
            String name = hidden.getFileName().toString();
            if (folders.drop().isPresent() && above.equals(removing())) {
                RunFolder.discard(hidden);
            } else if (above.equals(folders.store())) {
                finishLog(hidden, name.substring(Remover.HIDDEN.length()));
            } else if (Files.exists(RunFolderLayout.manifestIn(hidden), LinkOption.NOFOLLOW_LINKS)) {
                Remover.putBack(hidden, hidden.resolveSibling(name.substring(Remover.HIDDEN.length())));
            } else {
                RunFolder.discard(hidden);
            }
        }
    }

    private void finishLog(Path hidden, String sha256) throws IOException {
        if (Files.isRegularFile(hidden, LinkOption.NOFOLLOW_LINKS) && Item.shortHash(sha256) != 0) {
            Remover.putBack(hidden, ContentPath.of(folders.store(), sha256));
        }
    }
}
