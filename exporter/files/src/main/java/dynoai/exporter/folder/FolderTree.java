package dynoai.exporter.folder;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Deletes folders with their content. Links are deleted, not followed. */
final class FolderTree {
    private FolderTree() {}

    static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
                for (Path child : children) {
                    delete(child);
                }
            }
        }
        Files.deleteIfExists(folder);
    }
}
