package dynoai.exporter.ve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a result goes: one spelling for one place, so that locks and comparisons hold. */
final class VeOutputFile {
    private VeOutputFile() {}

    /** The real path; its folder is made when missing. */
    static Path of(Path given) throws VeException, IOException {
        Path folder = given.toAbsolutePath().normalize().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return canonical(given);
    }

    /** The real path as far as it exists; nothing is made. */
    static Path canonical(Path given) throws VeException, IOException {
        Path absolute = given.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        if (folder == null || Files.isDirectory(absolute)) {
            throw VeException.arguments(given + " is a folder, not a file to write");
        }
        Path real = absolute;
        if (Files.exists(absolute)) {
            real = absolute.toRealPath();
        } else if (Files.isSymbolicLink(absolute)) {
            throw VeException.arguments(given + " is a link that leads nowhere");
        } else if (Files.exists(folder)) {
            real = folder.toRealPath().resolve(absolute.getFileName());
        }
        Path place = real.getParent();
        if (place != null && FactorManifest.isIn(place)) {
            throw VeException.arguments(given + " would go into the run folder " + place + ", which stays as it is");
        }
        return real;
    }

    /** Whether two names are one file. */
    static boolean same(Path one, Path other) throws IOException {
        return one.equals(other) || Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
    }
}
