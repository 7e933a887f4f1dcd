package dynoai.exporter.ve;

import dynoai.exporter.ve.factor.VeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Paths in metadata. Metadata is untrusted, so a path is followed only if it resolves, links included, to the metadata's
 * folder, its parent folder or the working directory, and never through {@code ..}. Other files must be named by the
 * operator.
 */
final class MetadataPaths {
    private final Path folder;
    private final List<Path> roots = new ArrayList<>();

    MetadataPaths(Path metadataFile) throws IOException {
        Path parent = metadataFile.toAbsolutePath().normalize().getParent();
        folder = parent == null ? metadataFile.toAbsolutePath().getRoot() : parent.toRealPath();
        roots.add(folder);
        Path above = folder.getParent();
        if (above != null && !isShared(above)) {
            roots.add(above);
        }
        Path working = Path.of("").toAbsolutePath().toRealPath();
        if (working.getNameCount() > 0) {
            roots.add(working);
        }
    }

    /** Returns the folder to write into metadata. */
    String folder() {
        return folder.toString();
    }

    /** Returns the absolute path to write into metadata. */
    String written(Path file) throws IOException {
        return (Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize()).toString();
    }

    /** Whether rollback follows the path to this file. */
    boolean isFollowed(Path file) throws IOException {
        Path real = file.toRealPath();
        return roots.stream().anyMatch(real::startsWith);
    }

    /**
     * Returns the file of a path in metadata.
     *
     * @param recordedFolder the folder of the metadata when it was written; files below it moved with it. Null if unknown
     */
    Path resolve(String field, String written, @Nullable String recordedFolder) throws VeException, IOException {
        Path path;
        try {
            Path recorded = Path.of(written);
            path = recordedFolder != null && recorded.startsWith(Path.of(recordedFolder))
                    ? Path.of(recordedFolder).relativize(recorded)
                    : recorded;
        } catch (InvalidPathException ignored) { // The message has the path.
            throw outside(field, written);
        }
        for (Path part : path) {
            if (part.toString().equals("..")) {
                throw outside(field, written);
            }
        }
        Path absolute = folder.resolve(path).normalize();
        if (roots.stream().noneMatch(absolute::startsWith)) {
            absolute = existing(absolute);
        }
        Path real = Files.exists(absolute) ? absolute.toRealPath() : absolute;
        if (roots.stream().noneMatch(real::startsWith)) {
            throw outside(field, written);
        }
        return real;
    }

    /** An absolute path may contain a link, such as that of the temporary folder on some systems. */
    private static Path existing(Path path) throws IOException {
        return Files.exists(path) ? path.toRealPath() : path;
    }

    /** The root of a disk and the parents of the temporary and home folders contain files of other users. */
    private static boolean isShared(Path root) {
        Stream<Path> shared = Stream.of("java.io.tmpdir", "user.home")
                .map(property -> Path.of(System.getProperty(property, "/"))
                        .toAbsolutePath()
                        .normalize());
        return root.getNameCount() == 0
                || shared.anyMatch(
                        path -> path.startsWith(root) || realPath(path).startsWith(root));
    }

    private static Path realPath(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException ignored) {
            return path; // A missing folder has no links.
        }
    }

    private static VeException outside(String field, String written) {
        return VeException.metadata("the metadata's " + field + " is '" + written
                + "', which leads outside the folders metadata may name; "
                + "if the file is yours, give it with --" + field.replace("_file", "") + " FILE");
    }
}
