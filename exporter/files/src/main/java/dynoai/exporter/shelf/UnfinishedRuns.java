package dynoai.exporter.shelf;

import dynoai.exporter.folder.RunFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The unfinished run folders of killed exporters. An instance removes its own at start. Those of others go when their run is
 * published: until then the other instance may be alive, or be this one under a name that it lost with its data.
 */
final class UnfinishedRuns {
    static final UnfinishedRuns NONE = new UnfinishedRuns();

    private final Set<Path> ofOthers = ConcurrentHashMap.newKeySet();

    private UnfinishedRuns() {}

    /** Removes the unfinished folders of an instance and records those of others. */
    static UnfinishedRuns sweep(Path runs, String instance) throws IOException {
        UnfinishedRuns unfinished = new UnfinishedRuns();
        unfinished.sweepIn(runs, instance);
        try (DirectoryStream<Path> shops = Files.newDirectoryStream(runs, UnfinishedRuns::isVisibleFolder)) {
            for (Path shop : shops) {
                unfinished.sweepIn(shop, instance);
            }
        }
        return unfinished;
    }

    private void sweepIn(Path folder, String instance) throws IOException {
        String own = RunFolder.TEMPORARY + instance + "-";
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, RunFolder.TEMPORARY + "*")) {
            for (Path temporary : found) {
                if (temporary.getFileName().toString().startsWith(own)) {
                    RunFolder.discard(temporary);
                } else {
                    ofOthers.add(temporary);
                }
            }
        }
    }

    /** Removes the unfinished folders of others for a run whose folder is published. */
    void removeOf(Path published) throws IOException {
        String ending = "-" + published.getFileName();
        List<Path> ofRun = ofOthers.stream()
                .filter(temporary -> temporary.toString().endsWith(ending))
                .filter(temporary ->
                        temporary.resolveSibling(published.getFileName()).equals(published))
                .toList();
        for (Path temporary : ofRun) {
            RunFolder.discard(temporary);
            ofOthers.remove(temporary);
        }
    }

    /** Whether a path in a folder of runs is a published run, or a shop. */
    static boolean isVisibleFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                && !path.getFileName().toString().startsWith(".");
    }
}
