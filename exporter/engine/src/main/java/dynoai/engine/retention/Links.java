package dynoai.engine.retention;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the bytes of files. A file with several names counts once, where its last counted name is. */
final class Links {
    private static final boolean UNIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
    private static final String ATTRIBUTES = UNIX ? "unix:size,isRegularFile,isDirectory,nlink,ino,dev" : "*";

    /** The names that were counted of each file with several names. */
    private final Map<String, Integer> counted = new HashMap<>();

    private final boolean atFirstName;

    private Links(boolean atFirstName) {
        this.atFirstName = atFirstName;
    }

    /** Counts what the file system frees: a file counts once all its names were counted. */
    static Links ofRemovals() {
        return new Links(false);
    }

    /** Counts what files take up: a file counts with its first name. */
    static Links ofUse() {
        return new Links(true);
    }

    long bytes(Item item) throws IOException {
        long bytes = 0;
        for (String name : item.names()) {
            bytes += bytes(item.folder().resolve(name));
        }
        return bytes;
    }

    private long bytes(Path path) throws IOException {
        Map<String, Object> attributes;
        try {
            attributes = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException ignored) {
            return 0; // It was just removed or archived.
        }
        if (Boolean.TRUE.equals(attributes.get("isDirectory"))) {
            return bytesIn(path);
        }
        long size = Boolean.TRUE.equals(attributes.get("isRegularFile")) ? number(attributes.get("size")) : 0;
        long links = UNIX ? number(attributes.get("nlink")) : 1;
        if (links < 2) {
            return size;
        }
        int names = counted.merge(attributes.get("dev") + ":" + attributes.get("ino"), 1, Integer::sum);
        return names == (atFirstName ? 1 : links) ? size : 0;
    }

    private long bytesIn(Path folder) throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                bytes += bytes(entry);
            }
        } catch (NoSuchFileException ignored) {
            return 0; // It was just removed or archived.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return bytes;
    }

    /** Whether a file has other names, so that another folder uses it. */
    static boolean hasOthers(Path file) throws IOException {
        return UNIX && number(Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS)) > 1;
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
