package dynoai.ingest.folder;

import dynoai.ingest.folder.scan.DropRoot;
import dynoai.ingest.folder.scan.OptionFiles;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.DiskRoom;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.log.LogName;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A log that another program sends, on its way into the drop folder. It is written to a hidden file in that folder and gets
 * its name once it is complete, so the ingest never sees a part of it. No file is replaced.
 */
public final class IncomingLog implements AutoCloseable {
    private static final int MAX_NUMBER = 1000;
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private final Path root;
    private final Path folder;
    private final String name;
    private final byte[] options;
    private final Path written;
    private final FileChannel channel;

    private IncomingLog(Path root, Path folder, String name, byte[] options, Path written) throws IOException {
        this.root = root;
        this.folder = folder;
        this.name = name;
        this.options = options;
        this.written = written;
        this.channel = FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /**
     * Begins to write a log.
     *
     * @param folders shop, then cell, then bike; none for the drop folder itself
     * @param options for this log alone, by key
     * @throws UnsafePathException if the name or a folder is not one of a log
     */
    public static IncomingLog begin(Path drop, List<String> folders, String name, Map<String, String> options)
            throws IOException, UnsafePathException, InvalidOptionException {
        Path root = DropReport.rootOf(drop);
        LogName.check(name);
        Path folder = root;
        for (String part : folders) {
            if (!RunId.isValid(part) || folder.equals(root) && DropRoot.isReserved(part)) {
                throw new UnsafePathException(
                        part,
                        "a shop, cell or bike has 1 to 64 of A-Z a-z 0-9 . _ -, begins with no dot, and is not done, rejected"
                                + " or duplicates");
            }
            folder = folder.resolve(part);
        }
        String shortage = new DiskRoom(List.of(root), DiskRoom::measured).shortage();
        if (!shortage.isEmpty()) {
            throw new NoRoomException(root, shortage);
        }
        byte[] sidecar = options.isEmpty() ? new byte[0] : OptionFiles.sidecar(Map.of(), options);
        Path own = DropRoot.ownFolder(root, "incoming");
        deleteAbandoned(own);
        return new IncomingLog(root, folder, name, sidecar, own.resolve(UUID.randomUUID() + ".part"));
    }

    /** Deletes what a process that was killed left. A file that is being written changes all the time. */
    private static void deleteAbandoned(Path own) throws IOException {
        Instant before = Instant.now().minus(ABANDONED_AFTER);
        try (Stream<Path> files = Files.list(own)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (changedBefore(file, before)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean changedBefore(Path file, Instant time) throws IOException {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(time);
        } catch (NoSuchFileException ignored) {
            return false; // It was just placed.
        }
    }

    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Gives the complete log its name, and its options a file next to it.
     *
     * @return where it is; under another name when there is a file of its own
     */
    public Path place() throws IOException {
        channel.force(true);
        channel.close();
        if (!DropRoot.makePlain(folder)) {
            throw new FileSystemException(DropRoot.relative(root, folder), null, "is behind a link or a file");
        }
        for (int number = 1; number <= MAX_NUMBER; number++) {
            Path place = folder.resolve(number == 1 ? name : Requeue.numbered(name, number));
            if (placedAt(place)) {
                AtomicFile.syncFolder(folder);
                return place;
            }
        }
        throw new FileAlreadyExistsException(DropRoot.relative(root, folder.resolve(name)));
    }

    /** The options come first, since the log may be claimed at once. */
    private boolean placedAt(Path place) throws IOException {
        Path sidecar = place.resolveSibling(place.getFileName() + OptionFiles.SIDECAR);
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS) || Files.exists(sidecar, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        boolean placed = false;
        boolean made = false;
        try {
            if (options.length > 0) {
                Files.write(sidecar, options, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                made = true;
            }
            AtomicFile.placeUnlessExists(written, place);
            placed = true;
        } catch (FileAlreadyExistsException ignored) {
            // Another program was faster; the next name is tried.
            placed = false;
        } finally {
            if (made && !placed) {
                Files.deleteIfExists(sidecar);
            }
        }
        return placed;
    }

    /** Deletes the hidden file; the placed log stays. */
    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(written);
        }
    }
}
