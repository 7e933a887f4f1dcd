package dynoai.exporter.folder;

import dynoai.schemas.fault.CrashPoint;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run folder while it is written: it appears under its name whole and durable, or not at all.
 *
 * <p>Files are written into a hidden folder beside the target, {@code .tmp-INSTANCE-NAME}. {@link #publish} makes every
 * file and the folder durable and renames it. Closing without that removes it. What a crash leaves behind is hidden, in
 * nobody's way, and removed by the next run of the same instance and name.
 *
 * <p>An earlier run at the target is set aside as {@code .old-NAME} for the moment between two renames; if the machine
 * stops just then, the next run puts it back first.
 */
public final class RunFolder implements Closeable {
    /** How the names of unfinished folders begin; the instance follows. */
    public static final String TEMPORARY = ".tmp-";

    private final Path target;
    private final Path temporary;
    private final boolean replaces;
    private final Map<String, FileChannel> files = new LinkedHashMap<>();
    private boolean published;

    private RunFolder(Path target, Path temporary, boolean replaces) {
        this.target = target;
        this.temporary = temporary;
        this.replaces = replaces;
    }

    /**
     * A folder that must not be there yet, as for a run under its own id. The target's parents are made.
     *
     * @param instance names the process, so that each removes only its own left-overs: letters, digits, hyphens
     */
    public static RunFolder fresh(Path target, String instance) throws IOException, RunFolderOccupiedException {
        Path place = place(target);
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new RunFolderOccupiedException(target, "it is there already");
        }
        return begin(place, instance, false);
    }

    /** A folder that replaces an earlier run as a whole; refused where the target holds anything else. */
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
        return new RunFolder(place, temporary, replaces);
    }

    /** Removes an unfinished folder that nobody will finish. */
    public static void discard(Path temporary) throws IOException {
        FolderTree.delete(temporary);
    }

    /** Where the folder will really be: a link to a folder is followed, so that the folder and not the link is replaced. */
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

    /** Where the folder will appear. */
    public Path target() {
        return target;
    }

    /** A file that is written piece by piece, unbuffered. Its stream need not be closed. */
    public OutputStream create(String file) throws IOException {
        return new ChannelStream(open(file));
    }

    public void write(String file, byte[] bytes) throws IOException {
        ChannelStream.write(open(file), bytes, 0, bytes.length);
    }

    /** Takes a file in that nobody changes any more: as a hard link where the file system can, else as a copy. */
    public void adopt(String file, Path source) throws IOException {
        Path own = temporary.resolve(file);
        try {
            Files.createLink(own, source);
        } catch (IOException | UnsupportedOperationException noLink) {
            Files.copy(source, own);
        }
        files.put(file, FileChannel.open(own, StandardOpenOption.READ));
    }

    /** Begins again with a single file that was written, as when a run fails and only its log and the reason are left. */
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

    /** The folder while it is written, to look at. */
    public Path temporary() {
        return temporary;
    }

    /** Makes everything durable and lets the folder appear. */
    public void publish() throws IOException {
        Durability.forceAll(files.values());
        closeFiles();
        Durability.forceFolder(temporary);
        CrashPoint.EXPORTER_BEFORE_RENAME.reached();
        try {
            if (replaces) {
                Replacement.swap(temporary, target);
            } else {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system of " + target + " cannot rename a folder atomically", e);
        } catch (DirectoryNotEmptyException e) {
            throw new FileAlreadyExistsException(target.toString());
        }
        published = true;
        Durability.forceFolder(parent());
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

    private Path parent() {
        Path parent = target.getParent();
        if (parent == null) {
            throw new IllegalStateException("a run folder has a parent");
        }
        return parent;
    }

    private void closeFiles() throws IOException {
        for (FileChannel channel : files.values()) {
            channel.close();
        }
    }
}
