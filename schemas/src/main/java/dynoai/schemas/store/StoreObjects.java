package dynoai.schemas.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Named objects of a store, next to the content: uploads on their way. An object is there with all its bytes or not at all, and
 * durable once the call returns. Names have slashes; each part is a valid file name. Thread-safe.
 *
 * <p>Every method throws {@link StoreUnavailableException} when the store cannot be used at the moment.
 */
public interface StoreObjects {
    /** Letters, digits, '.', '_' and '-' in each part, which does not begin with '.'. */
    Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    /** The largest object that {@link #read} returns. */
    int MAX_READ_BYTES = 4 << 20;

    /** The largest object. */
    int MAX_BYTES = 16 << 20;

    /** An object and its size. */
    record Entry(String name, long bytes) {}

    /** Returns a small object. */
    Optional<byte[]> read(String name) throws IOException;

    /**
     * Creates an object.
     *
     * @return false if there is one of this name, which another process may have created at the same time
     */
    boolean create(String name, byte[] content) throws IOException;

    /** Creates or replaces an object. */
    void write(String name, byte[] content) throws IOException;

    /**
     * Creates or replaces an object with the bytes of a file.
     *
     * @param draft a file in {@link ContentStore#drafts}, which the store may move
     */
    void put(String name, Path draft) throws IOException;

    /** @throws NoSuchFileException if there is no object of this name */
    InputStream open(String name) throws IOException;

    /** Takes objects that were found. */
    @FunctionalInterface
    interface Visitor {
        /** @param modified when the object was last written, by the clock of the store */
        void visit(Entry object, Instant modified) throws IOException;
    }

    /**
     * Visits the objects whose names begin with a folder and a slash, those of one folder after another. Objects that are
     * created or deleted at the same time may be left out.
     */
    void visit(String folder, Visitor visitor) throws IOException;

    /** Returns the objects whose names begin with a folder and a slash, sorted by name. */
    default List<Entry> list(String folder) throws IOException {
        List<Entry> entries = new ArrayList<>();
        visit(folder, (object, modified) -> entries.add(object));
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }

    /** Deletes an object, if it exists. */
    void delete(String name) throws IOException;

    /** @throws IllegalArgumentException if the name is not valid */
    static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a valid name of an object: '" + name + "'");
        }
        return name;
    }
}
