package dynoai.exporter.stage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The unfinished folders of a killed exporter. Each instance removes only its own. */
final class LeftOvers {
    private LeftOvers() {}

    static void remove(Path runs, String instance) throws IOException {
        removeIn(runs, instance);
        try (DirectoryStream<Path> shops = Files.newDirectoryStream(runs, LeftOvers::isFolder)) {
            for (Path shop : shops) {
                removeIn(shop, instance);
            }
        }
    }

    private static void removeIn(Path folder, String instance) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, ".tmp-" + instance + "-*")) {
            for (Path temporary : left) {
                delete(temporary);
            }
        }
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static void delete(Path path) throws IOException {
        if (isFolder(path)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                for (Path child : children) {
                    delete(child);
                }
            }
        }
        Files.deleteIfExists(path);
    }
}
