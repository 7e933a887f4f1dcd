package dynoai.exporter.stage;

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
 * The unfinished folders of killed exporters. Each instance removes its own at once; another's only when the run is there,
 * since until then the other may be alive, or may be this one under a name that was lost with its data.
 */
final class StaleTempFolders {
    private final Set<Path> ofOthers = ConcurrentHashMap.newKeySet();

    private StaleTempFolders() {}

    /** Removes those of the instance and takes note of the others. */
    static StaleTempFolders sweep(Path runs, String instance) throws IOException {
        StaleTempFolders left = new StaleTempFolders();
        left.sweepIn(runs, instance);
        try (DirectoryStream<Path> shops = Files.newDirectoryStream(runs, StaleTempFolders::isShop)) {
            for (Path shop : shops) {
                left.sweepIn(shop, instance);
            }
        }
        return left;
    }

    private void sweepIn(Path folder, String instance) throws IOException {
        String own = RunFolder.TEMPORARY + instance + "-";
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, RunFolder.TEMPORARY + "*")) {
            for (Path temporary : left) {
                if (temporary.getFileName().toString().startsWith(own)) {
                    RunFolder.discard(temporary);
                } else {
                    ofOthers.add(temporary);
                }
            }
        }
    }

    /** Removes what others left of a run whose folder has appeared. */
    void runIsThere(Path target) throws IOException {
        String ending = "-" + target.getFileName();
        List<Path> ofRun = ofOthers.stream()
                .filter(temporary -> temporary.toString().endsWith(ending))
                .filter(temporary ->
                        temporary.resolveSibling(target.getFileName()).equals(target))
                .toList();
        for (Path temporary : ofRun) {
            RunFolder.discard(temporary);
            ofOthers.remove(temporary);
        }
    }

    private static boolean isShop(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                && !path.getFileName().toString().startsWith(".");
    }
}
