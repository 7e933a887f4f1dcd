package dynoai.app.cluster;

import dynoai.schemas.store.ContentStore;
import dynoai.schemas.store.FolderStore;
import dynoai.schemas.store.StoreObjects;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in a folder for which one process finds no space while it is full. */
final class FillingStore implements ContentStore {
    private final FolderStore store;
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean full;

    FillingStore(Path folder) {
        this.store = new FolderStore(folder);
    }

    void setFull(boolean now) {
        full = now;
    }

    /** Returns how many writes found no space. */
    int refused() {
        return refused.get();
    }

    private void requireSpace() throws FileSystemException {
        if (full) {
            refused.incrementAndGet();
            throw new FileSystemException(location(), null, "No space left on device");
        }
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public Path drafts() {
        return store.drafts();
    }

    @Override
    public boolean contains(String sha256) {
        return store.contains(sha256);
    }

    @Override
    public void put(Path draft, String sha256) throws IOException {
        requireSpace();
        store.put(draft, sha256);
    }

    @Override
    public Path fetch(String sha256) throws IOException {
        return store.fetch(sha256);
    }

    @Override
    public Optional<String> find(Text text) throws IOException {
        return store.find(text);
    }

    @Override
    public boolean create(Text text, String content) throws IOException {
        requireSpace();
        return store.create(text, content);
    }

    @Override
    public StoreObjects objects() {
        return new Objects(store.objects());
    }

    private final class Objects implements StoreObjects {
        private final StoreObjects objects;

        private Objects(StoreObjects objects) {
            this.objects = objects;
        }

        @Override
        public Optional<byte[]> read(String name) throws IOException {
            return objects.read(name);
        }

        @Override
        public boolean create(String name, byte[] content) throws IOException {
            requireSpace();
            return objects.create(name, content);
        }

        @Override
        public void write(String name, byte[] content) throws IOException {
            requireSpace();
            objects.write(name, content);
        }

        @Override
        public void put(String name, Path draft) throws IOException {
            requireSpace();
            objects.put(name, draft);
        }

        @Override
        public InputStream open(String name) throws IOException {
            return objects.open(name);
        }

        @Override
        public void visit(String folder, Visitor visitor) throws IOException {
            objects.visit(folder, visitor);
        }

        @Override
        public void delete(String name) throws IOException {
            objects.delete(name);
        }
    }
}
