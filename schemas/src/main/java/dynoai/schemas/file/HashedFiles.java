package dynoai.schemas.file;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files of one content store that this process wrote or hashed last. A stage need not hash one again while its attributes
 * are unchanged. Thread-safe.
 */
public final class HashedFiles {
    private static final int MAX_FILES = 1024;

    private final Map<String, FileStamp> stamps = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FileStamp> eldest) {
            return size() > MAX_FILES;
        }
    };

    /** Adds a file whose content has just been found to be that of its name. */
    public void add(Path file) throws IOException {
        FileStamp stamp = stamp(file);
        synchronized (stamps) {
            stamps.put(name(file), stamp);
        }
    }

    /** Whether the file was added and is unchanged since. */
    public boolean contains(Path file) throws IOException {
        FileStamp now = stamp(file);
        synchronized (stamps) {
            return now.equals(stamps.get(name(file)));
        }
    }

    /** The name is the hash, so the spelling of the folder does not matter. */
    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static FileStamp stamp(Path file) throws IOException {
        return FileStamp.of(file, LinkOption.NOFOLLOW_LINKS);
    }
}
