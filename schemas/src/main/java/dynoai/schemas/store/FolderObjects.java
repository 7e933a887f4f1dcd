package dynoai.schemas.store;

import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.SmallFile;
import dynoai.schemas.file.UnsuitableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The objects of a store in a folder: each is a file. */
final class FolderObjects implements StoreObjects {
    private final Path folder;

    FolderObjects(Path folder) {
        this.folder = folder;
    }

    private Path file(String name) {
        return folder.resolve(StoreObjects.checked(name));
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        try {
            return Optional.of(SmallFile.read(file(name), MAX_READ_BYTES, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException ignored) {
            return Optional.empty();
        } catch (UnsuitableFileException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public boolean create(String name, byte[] content) throws IOException {
        Path file = file(name);
        Path draft = draft(file, content);
        try {
            AtomicFile.placeUnlessExists(draft, file);
        } catch (FileAlreadyExistsException ignored) {
            return false;
        } finally {
            Files.deleteIfExists(draft);
        }
        AtomicFile.syncFolder(AtomicFile.folderOf(file));
        return true;
    }

    @Override
    public void write(String name, byte[] content) throws IOException {
        Path file = file(name);
        place(draft(file, content), file);
    }

    @Override
    public void put(String name, Path draft) throws IOException {
        Path file = file(name);
        sync(draft);
        makeFolder(file);
        place(draft, file);
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(file(name), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void visit(String prefix, Visitor visitor) throws IOException {
        Files.walkFileTree(file(prefix), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = name(file);
                if (attributes.isRegularFile() && NAME.matcher(name).matches()) {
                    visitor.visit(
                            new Entry(name, attributes.size()),
                            attributes.lastModifiedTime().toInstant());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                return unlessRemoved(e);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                return e == null ? FileVisitResult.CONTINUE : unlessRemoved(e);
            }

            private FileVisitResult unlessRemoved(IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }

    private String name(Path file) {
        StringBuilder name = new StringBuilder();
        for (Path part : folder.relativize(file)) {
            name.append(name.isEmpty() ? "" : "/").append(part);
        }
        return name.toString();
    }

    /** Deletes the folders of the object too, once they are empty. */
    @Override
    public void delete(String name) throws IOException {
        Path file = file(name);
        Files.deleteIfExists(file);
        for (Path parent = AtomicFile.folderOf(file); !parent.equals(folder); parent = AtomicFile.folderOf(parent)) {
            try {
                Files.deleteIfExists(parent);
            } catch (IOException ignored) {
                return; // It is not empty.
            }
        }
    }

    private static Path draft(Path file, byte[] content) throws IOException {
        Path draft = temporaryFile(file);
        Files.write(draft, content);
        sync(draft);
        return draft;
    }

    /** Creates a file next to another, again if {@link #delete} just removed the empty folder. */
    private static Path temporaryFile(Path file) throws IOException {
        try {
            return Files.createTempFile(makeFolder(file), ".", ".new");
        } catch (NoSuchFileException ignored) {
            return Files.createTempFile(makeFolder(file), ".", ".new");
        }
    }

    private static Path makeFolder(Path file) throws IOException {
        return Files.createDirectories(AtomicFile.folderOf(file));
    }

    private static void place(Path draft, Path file) throws IOException {
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        AtomicFile.syncFolder(AtomicFile.folderOf(file));
    }

    private static void sync(Path draft) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
