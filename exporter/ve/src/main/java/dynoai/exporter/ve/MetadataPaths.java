package dynoai.exporter.ve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Paths that stand in metadata. Metadata may come from anywhere, so such a path is followed only when it ends, links
 * resolved, in the metadata's own folder, in the folder above it (tables beside runs) or in the working directory, and
 * never through {@code ..}. Any other file has to be named by the operator.
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

    /** How a file is written into metadata: from the metadata's folder when it lies below it, so that both can move. */
    String written(Path file) throws IOException {
        Path real =
                Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
        return real.startsWith(folder) ? folder.relativize(real).toString().replace('\\', '/') : real.toString();
    }

    /** Whether rollback will follow the path on its own. */
    boolean isFollowed(Path file) throws IOException {
        Path real = file.toRealPath();
        return roots.stream().anyMatch(real::startsWith);
    }

    /** The file a path in metadata means. */
    Path resolve(String field, String written) throws VeException, IOException {
        Path path;
        try {
            path = Path.of(written);
        } catch (InvalidPathException invalid) {
            throw escape(field, written);
        }
        for (Path part : path) {
            if (part.toString().equals("..")) {
                throw escape(field, written);
            }
        }
        Path absolute = folder.resolve(path).normalize();
        if (roots.stream().noneMatch(absolute::startsWith)) {
            absolute = existing(absolute);
        }
        Path real = Files.exists(absolute) ? absolute.toRealPath() : absolute;
        if (roots.stream().noneMatch(real::startsWith)) {
            throw escape(field, written);
        }
        return real;
    }

    /** An absolute path may be written through a link, as temporary folders are on some systems. */
    private static Path existing(Path path) throws IOException {
        return Files.exists(path) ? path.toRealPath() : path;
    }

    /** The top of a disk, the temporary folder and the home folders hold other people's files. */
    private static boolean isShared(Path root) {
        if (root.getNameCount() == 0) {
            return true;
        }
        for (String property : new String[] {"java.io.tmpdir", "user.home"}) {
            Path place =
                    Path.of(System.getProperty(property, "/")).toAbsolutePath().normalize();
            if (place.startsWith(root)) {
                return true;
            }
            if (realPath(place).startsWith(root)) {
                return true;
            }
        }
        return false;
    }

    private static Path realPath(Path place) {
        try {
            return place.toRealPath();
        } catch (IOException missing) {
            return place;
        }
    }

    private static VeException escape(String field, String written) {
        return VeException.metadata(
                "the metadata's " + field + " is '" + written
                        + "', which leads outside the folders metadata may name; give the file on the command line if it is yours");
    }
}
