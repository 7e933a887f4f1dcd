package dynoai.engine.retention;

import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestOutput;
import dynoai.exporter.manifest.RunFolderLayout;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The files in a run folder: those of the run, and those of other programs. */
final class RunContent {
    private RunContent() {}

    /** Whether a folder holds anything but the regular files of its run. */
    static boolean holdsOthers(Path folder, Manifest manifest) throws IOException {
        Set<String> own = new HashSet<>();
        for (ManifestOutput output : manifest.outputs()) {
            own.add(output.file());
        }
        own.add(RunFolderLayout.MANIFEST);
        own.add(RunFolderLayout.twinManifest(manifest.runId()));
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!own.contains(entry.getFileName().toString())
                        || !Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    return true;
                }
            }
            return false;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
