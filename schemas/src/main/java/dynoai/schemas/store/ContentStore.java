package dynoai.schemas.store;

import dynoai.schemas.file.HmacKey;
import dynoai.schemas.file.SecretFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps logs and base tables by the hash of their bytes, the key that signs runs, and the store's id. Content never changes;
 * equal bytes are kept once. Ingests and exporters share a store. Thread-safe.
 *
 * <p>Every method throws {@link StoreUnavailableException} when the store cannot be used at the moment.
 */
public interface ContentStore {
    /** A text that a store has at most once. It never changes. */
    enum Text {
        /** The key that signs claims and runs. */
        KEY("claim.key"),
        /** The id that distinguishes the store from others. */
        ID("store-id");

        private final String file;

        Text(String file) {
            this.file = file;
        }

        /** Its name in the store. */
        public String file() {
            return file;
        }
    }

    /** The folder or address of the store. */
    String location();

    /** The local folder for files on their way into the store, which may not exist yet. */
    Path drafts();

    /** Whether the store's folder exists. A store at an address counts as existing. */
    default boolean exists() {
        return true;
    }

    boolean contains(String sha256) throws IOException;

    /**
     * Stores a file durably, unless the store has its bytes.
     *
     * @param draft a file in {@link #drafts}, which the store may move or delete
     * @param sha256 of the file's bytes
     */
    void put(Path draft, String sha256) throws IOException;

    /**
     * Returns a local file with the bytes of this hash, which was checked. The file must not be changed.
     *
     * @throws NoSuchFileException if the store does not contain it
     */
    Path fetch(String sha256) throws IOException;

    /** Returns a text of the store. */
    Optional<String> find(Text text) throws IOException;

    /**
     * Creates a text of the store.
     *
     * @return false if the store has it already, which another process may have created at the same time
     */
    boolean create(Text text, String content) throws IOException;

    /** The uploads of the store. */
    StoreObjects objects();

    /** Returns the store's id. A store without one gets a new one. */
    default String id() throws IOException {
        return findOrCreate(Text.ID, UUID.randomUUID().toString());
    }

    /** Returns the store's key. A store without one gets a new one. */
    default HmacKey key() throws IOException {
        return new HmacKey(findOrCreate(Text.KEY, SecretFile.newSecret()));
    }

    private String findOrCreate(Text text, String content) throws IOException {
        Optional<String> existing = find(text);
        if (existing.isPresent() || create(text, content)) {
            return existing.orElse(content);
        }
        return find(text)
                .orElseThrow(() ->
                        new StoreUnavailableException(text.file() + " was just removed from " + location(), null));
    }
}
