package dynoai.exporter.folder;

import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.manifest.RunFolderLayout;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;

/** Replaces an earlier run folder. */
final class Replacement {
    private Replacement() {}

    /** Throws if the target holds anything but an earlier run, because other files there would be lost. */
    static void check(Path place, Path asNamed) throws IOException, RunFolderOccupiedException {
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new RunFolderOccupiedException(asNamed, "it exists and is not a folder");
        }
        Set<String> found = names(place);
        if (found.isEmpty()) {
            return;
        }
        Set<String> own = filesOfRun(place, asNamed);
        for (String name : found) {
            if (!own.contains(name)) {
                throw new RunFolderOccupiedException(
                        asNamed, "next to an earlier run it holds '" + name + "', which replacing it would delete");
            }
        }
    }

    private static Set<String> filesOfRun(Path place, Path asNamed) throws IOException, RunFolderOccupiedException {
        if (!Files.isRegularFile(RunFolderLayout.manifestIn(place))) {
            throw new RunFolderOccupiedException(
                    asNamed, "it holds files but no " + RunFolderLayout.MANIFEST + " of an earlier run");
        }
        Manifest manifest = ManifestReader.find(place)
                .orElseThrow(() -> new RunFolderOccupiedException(
                        asNamed, "its " + RunFolderLayout.MANIFEST + " is not that of a run"));
        Set<String> own = new HashSet<>();
        manifest.outputs().forEach(output -> own.add(output.file()));
        own.add(RunFolderLayout.MANIFEST);
        own.add(RunFolderLayout.twinManifest(manifest.runId()));
        return own;
    }

    private static Set<String> names(Path folder) throws IOException {
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                names.add(String.valueOf(child.getFileName()));
            }
        }
        return names;
    }

    /** Renames twice. Between the renames the earlier run is complete under its old name. */
    static void swap(Path fresh, Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            FolderTree.delete(old(target));
            Files.move(target, old(target), StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            restoreAfterCrash(target);
            throw e;
        }
    }

    static void discardOld(Path target) throws IOException {
        FolderTree.delete(old(target));
    }

    /** Undoes a swap that crashed between the renames; finishes one that crashed after them. */
    static void restoreAfterCrash(Path target) throws IOException {
        if (!Files.isDirectory(old(target), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            discardOld(target);
        } else {
            Files.move(old(target), target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static Path old(Path target) {
        return target.resolveSibling(".old-" + target.getFileName());
    }
}
