package dynoai.exporter.folder;

import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.file.AtomicFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run folder while it is written. It appears under its name complete and durable, or not at all.
 *
 * <p>Files are written into a hidden folder next to the target, {@code .tmp-INSTANCE-NAME}. {@link #publish} makes every file
 * and the folder durable and renames it; closing without publishing deletes it. What a crash leaves is deleted by the next run
 * of the same instance and name.
 *
 * <p>An earlier run at the target is renamed to {@code .old-NAME} before the new one is renamed into place. After a crash
 * between the two, the next run restores it first.
 */
public final class RunFolder implements Closeable {
    /** Prefix of unfinished folders; the instance follows. */
    public static final String TEMPORARY = ".tmp-";

    private final Path target;
    private final Path temporary;
    private final boolean replaces;
    private final @Nullable Publication publication;
    private final Map<String, FileChannel> files = new LinkedHashMap<>();
    private boolean published;

    /** Publishes a folder in another way than by a rename. */
    @FunctionalInterface
    public interface Publication {
        /** @param written has all files of the run; it is deleted afterwards */
        void publish(Path written) throws IOException;
    }

    private RunFolder(Path target, Path temporary, boolean replaces, @Nullable Publication publication) {
        this.target = target;
        this.temporary = temporary;
        this.replaces = replaces;
        this.publication = publication;
    }

    /** Begins a folder that is only written here and published elsewhere, so it need not be durable. */
    public static RunFolder toPublish(Path temporary, Publication publication) throws IOException {
        FolderTree.delete(temporary);
        Files.createDirectories(temporary);
        return new RunFolder(temporary, temporary, false, publication);
    }

    /**
     * Begins a folder that must not exist yet, for example of a run under its own id. Creates the target's parents.
     *
     * @param instance name of the process, which deletes only its own unfinished folders: letters, digits, hyphens
     */
    public static RunFolder fresh(Path target, String instance) throws IOException, RunFolderOccupiedException {
        Path place = place(target);
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new RunFolderOccupiedException(target, "it exists already");
        }
        return begin(place, instance, false);
    }

    /** Begins a folder that replaces an earlier run. */
    public static RunFolder replacing(Path target, String instance) throws IOException, RunFolderOccupiedException {
        Path place = place(target);
        Replacement.restoreAfterCrash(place);
        Replacement.check(place, target);
        return begin(place, instance, true);
    }

    private static RunFolder begin(Path place, String instance, boolean replaces) throws IOException {
        Path temporary = place.resolveSibling(TEMPORARY + instance + "-" + place.getFileName());
        FolderTree.delete(temporary);
        Files.createDirectory(temporary);
        return new RunFolder(place, temporary, replaces, null);
    }

    /** Deletes an unfinished folder. */
    public static void discard(Path temporary) throws IOException {
        FolderTree.delete(temporary);
    }

    /** Returns the real path of the target, so that a linked folder is replaced and not the link. */
    private static Path place(Path target) throws IOException, RunFolderOccupiedException {
        Path absolute = target.toAbsolutePath().normalize();
        if (Files.exists(absolute)) {
            absolute = absolute.toRealPath();
        }
        Path parent = absolute.getParent();
        if (parent == null) {
            throw new RunFolderOccupiedException(target, "it is the root of a file system");
        }
        Files.createDirectories(parent);
        return absolute;
    }

    /** Returns the path of the published folder. */
    public Path target() {
        return target;
    }

    /** Creates a file. The stream is unbuffered and need not be closed. */
    public OutputStream create(String file) throws IOException {
        return new ChannelStream(open(file));
    }

    public void write(String file, byte[] bytes) throws IOException {
        ChannelStream.write(open(file), bytes, 0, bytes.length);
    }

    /** Adds a file that does not change any more: as a hard link if possible, else as a copy. */
    public void adopt(String file, Path source) throws IOException {
        Path own = temporary.resolve(file);
        try {
            Files.createLink(own, source);
        } catch (IOException | UnsupportedOperationException ignored) {
            Files.copy(source, own);
        }
        files.put(file, FileChannel.open(own, StandardOpenOption.READ));
    }

    /** Deletes all files but one, for a failed run that keeps only its log. */
    public void keepOnly(String file) throws IOException {
        closeFiles();
        files.clear();
        try (DirectoryStream<Path> written = Files.newDirectoryStream(temporary)) {
            for (Path each : written) {
                if (!each.endsWith(file)) {
                    Files.delete(each);
                }
            }
        }
        files.put(file, FileChannel.open(temporary.resolve(file), StandardOpenOption.READ));
    }

    /** Returns the folder while it is written. */
    public Path temporary() {
        return temporary;
    }

    /** Makes everything durable and renames the folder into place, or publishes it in its own way. */
    public void publish() throws IOException {
        if (publication != null) {
            closeFiles();
            publication.publish(temporary);
            return;
        }
        ParallelSync.force(files.values());
        closeFiles();
        AtomicFile.syncFolder(temporary);
        CrashPoint.EXPORTER_BEFORE_RENAME.reached();
        try {
            if (replaces) {
                Replacement.swap(temporary, target);
            } else {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system of " + target + " cannot rename a folder atomically", e);
        } catch (FileSystemException e) {
            if (!replaces && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            throw e;
        }
        published = true;
        AtomicFile.syncFolder(AtomicFile.folderOf(target));
        if (replaces) {
            Replacement.discardOld(target);
        }
    }

    @Override
    public void close() throws IOException {
        closeFiles();
        if (!published) {
            FolderTree.delete(temporary);
        }
    }

    private FileChannel open(String file) throws IOException {
        FileChannel channel =
                FileChannel.open(temporary.resolve(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        files.put(file, channel);
        return channel;
    }

    private void closeFiles() throws IOException {
        for (FileChannel channel : files.values()) {
            channel.close();
        }
    }
}
