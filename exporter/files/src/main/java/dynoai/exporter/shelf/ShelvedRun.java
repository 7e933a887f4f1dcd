package dynoai.exporter.shelf;

import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.schemas.record.RunKey;
import java.util.ArrayList;
import java.util.List;

/**
 * A published run, as it was when it was looked up.
 *
 * @param version distinguishes the run from one that replaces it; has a meaning only for its shelf
 */
public record ShelvedRun(RunKey key, Manifest manifest, String version) {

    /** Returns the names of all files: those that the manifest lists, its twin, and the manifest. */
    public List<String> files() {
        List<String> files = new ArrayList<>();
        manifest.outputs().forEach(output -> files.add(output.file()));
        files.add(RunFolderLayout.twinManifest(manifest.runId()));
        files.add(RunFolderLayout.MANIFEST);
        return files;
    }
}
