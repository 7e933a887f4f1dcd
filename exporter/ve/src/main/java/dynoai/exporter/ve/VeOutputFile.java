package dynoai.exporter.ve;

import dynoai.exporter.ve.factor.FactorManifest;
import dynoai.exporter.ve.factor.VeException;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.UnsuitableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Output paths in a canonical form, so that locks and comparisons work. */
final class VeOutputFile {
    private VeOutputFile() {}

    /** Returns the real path and creates its folder if needed. */
    static Path of(Path given) throws VeException, IOException {
        Path folder = given.toAbsolutePath().normalize().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return canonical(given);
    }

    /** Returns the real path as far as it exists; creates nothing. */
    static Path canonical(Path given) throws VeException, IOException {
        Path absolute = given.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        if (folder == null) {
            throw VeException.arguments(given + " is a folder, not a file to write");
        }
        Path real = absolute;
        if (Files.exists(absolute)) {
            real = replaceable(given, absolute);
        } else if (Files.isSymbolicLink(absolute)) {
            throw VeException.arguments(given + " is a broken link");
        } else if (Files.exists(folder)) {
            real = folder.toRealPath().resolve(absolute.getFileName());
        }
        Path target = real.getParent();
        if (target != null && FactorManifest.isIn(target)) {
            throw VeException.arguments(given + " would be in the run folder " + target + ", which must not change");
        }
        return real;
    }

    private static Path replaceable(Path given, Path existing) throws VeException, IOException {
        try {
            AtomicFile.requireReplaceable(existing);
            return existing.toRealPath();
        } catch (UnsuitableFileException e) {
            throw VeException.arguments(given + " " + e.getReason());
        }
    }

    /** Checks that writing a file replaces none of the others. */
    static void checkReplaces(String what, Path file, @Nullable Path... others) throws VeException, IOException {
        for (@Nullable Path other : others) {
            if (other != null && same(other, file)) {
                throw VeException.arguments(what + file + " would replace " + other);
            }
        }
    }

    private static boolean same(Path given, Path other) throws IOException {
        Path one = given.toAbsolutePath().normalize();
        return one.equals(other) || Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
    }
}
