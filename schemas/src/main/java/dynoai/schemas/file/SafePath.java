package dynoai.schemas.file;

import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Checks every path that comes from outside: flags, file names, run ids, metadata. A path from the operator is only resolved;
 * any other must stay inside a root folder.
 */
public final class SafePath {
    private SafePath() {}

    /**
     * Resolves an untrusted name inside a root. Symbolic links are followed as far as the path exists, and their targets must
     * be inside the root.
     */
    public static Path inside(Path root, String name) throws UnsafePathException, IOException {
        Path relative = parse(name);
        if (name.isEmpty()) {
            throw new UnsafePathException(name, "it is empty");
        }
        if (relative.isAbsolute() || name.startsWith("/") || name.startsWith("\\")) {
            throw new UnsafePathException(name, "it is absolute, and only names inside " + root + " are allowed");
        }
        for (Path part : relative) {
            if (part.toString().equals("..")) {
                throw new UnsafePathException(name, "it contains '..'");
            }
        }
        Path realRoot = real(root.toAbsolutePath().normalize());
        Path real = real(realRoot.resolve(relative).normalize());
        if (!real.startsWith(realRoot)) {
            throw new UnsafePathException(name, "it leads to " + real + ", outside of " + realRoot);
        }
        return real;
    }

    /** Resolves the id of a run or a shop inside a root. */
    public static Path ofId(Path root, String id) throws UnsafePathException, IOException {
        if (!RunId.isValid(id)) {
            throw new UnsafePathException(id, "an id has 1 to 64 letters, digits, '.', '_' or '-' and no leading '.'");
        }
        return inside(root, id);
    }

    /** Resolves a path from the operator: absolute, normalised, links followed as far as it exists. */
    public static Path named(String path) throws UnsafePathException, IOException {
        if (path.isEmpty()) {
            throw new UnsafePathException(path, "it is empty");
        }
        return real(parse(path).toAbsolutePath().normalize());
    }

    private static Path parse(String path) throws UnsafePathException {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new UnsafePathException(path, "not a valid path on this system");
        }
    }

    /** Follows links in the part that exists. A dangling link is an error. */
    private static Path real(Path path) throws IOException {
        Path existing = path;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            @Nullable Path parent = existing.getParent();
            if (parent == null) {
                return path;
            }
            existing = parent;
        }
        return existing.toRealPath().resolve(existing.relativize(path)).normalize();
    }
}
