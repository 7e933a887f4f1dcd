package dynoai.schemas.store;

import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.ContentPath;
import dynoai.schemas.file.HashedFiles;
import dynoai.schemas.file.SecretFile;
import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/** A content store in a folder, on a local disk or a mount that ingests and exporters share. */
public final class FolderStore implements ContentStore {
    private final Path folder;
    private final HashedFiles hashed = new HashedFiles();

    /** @param folder is created when something is stored */
    public FolderStore(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public String location() {
        return folder.toString();
    }

    /** The folder itself: a draft becomes content by a rename. */
    @Override
    public Path drafts() {
        return folder;
    }

    @Override
    public boolean exists() {
        return Files.isDirectory(folder);
    }

    @Override
    public boolean contains(String sha256) {
        return Files.exists(ContentPath.of(folder, sha256));
    }

    @Override
    public void put(Path draft, String sha256) throws IOException {
        Path target = ContentPath.of(folder, sha256);
        if (Files.exists(target) && Files.size(target) == Files.size(draft) && renewed(target)) {
            return;
        }
        Path parent = AtomicFile.folderOf(target);
        boolean newParent = !Files.exists(parent);
        Files.createDirectories(parent);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        CrashPoint.INGEST_BEFORE_STORE.reached();
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        AtomicFile.syncFolder(parent);
        if (newParent) {
            AtomicFile.syncFolder(folder);
        }
        hashed.add(target);
    }

    /** Sets the time of a file that is stored already, so that retention does not take it for unused. */
    private boolean renewed(Path file) throws IOException {
        try {
            boolean known = hashed.contains(file);
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            if (known) {
                hashed.add(file);
            }
            return true;
        } catch (NoSuchFileException ignored) {
            return false; // Retention has just removed it.
        }
    }

    /** Hashes the file unless this process has, and it is unchanged since. */
    @Override
    public Path fetch(String sha256) throws IOException {
        Path file = ContentPath.of(folder, sha256);
        try {
            if (!hashed.contains(file)) {
                if (!Sha256.hex(file).equals(sha256)) {
                    throw new IOException("the store's copy of the log has another hash: " + file);
                }
                hashed.add(file);
            }
        } catch (NoSuchFileException e) {
            if (exists()) {
                throw e;
            }
            throw new StoreUnavailableException("the store of logs, " + folder + ", does not exist", e);
        }
        return file;
    }

    @Override
    public Optional<String> find(Text text) throws IOException {
        Path file = folder.resolve(text.file());
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(SecretFile.read(file).text());
    }

    @Override
    public boolean create(Text text, String content) throws IOException {
        return SecretFile.create(folder.resolve(text.file()), content);
    }

    @Override
    public StoreObjects objects() {
        return new FolderObjects(folder);
    }
}
