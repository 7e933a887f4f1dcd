package dynoai.schemas.file;

import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Checks every path from outside: a flag, a file name, a run id, metadata. A path that the operator names is only
 * normalised; any other path must stay inside a root. See spec section 10.
 */
public final class SafePath {
    private SafePath() {}

    /**
     * A path inside a root, from a name that is not trusted. Symbolic links are followed as far as the path exists, and
     * where they end must still be inside the root.
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

    /** Returns the path of a run or a shop inside a root, by its id. */
    public static Path ofId(Path root, String id) throws UnsafePathException, IOException {
        if (!RunId.isValid(id)) {
            throw new UnsafePathException(id, "an id has 1 to 64 letters, digits, '.', '_' or '-' and no leading '.'");
        }
        return inside(root, id);
    }

    /** Returns a path that the operator named as an absolute, normalised path, with links followed as far as it exists. */
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
            throw new UnsafePathException(path, "it is not a valid path on this system");
        }
    }

    /** Follows links in the part that exists; a dangling link is an error. */
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
