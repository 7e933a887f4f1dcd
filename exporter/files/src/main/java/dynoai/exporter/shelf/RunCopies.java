package dynoai.exporter.shelf;

import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestOutput;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Copies of the runs of a shelf as run folders, for what reads files. A run is copied when it is first used, with every hash
 * checked. The copies that were not used for longest are deleted first. Thread-safe.
 */
public final class RunCopies {
    /** Of all copies of a process. */
    public static final long MAX_BYTES = 2L << 30;

    private static final int LOCKS = 16;

    private final RunShelf shelf;
    private final Path folder;
    private final FolderShelf copies;
    private final String instance;
    private final long maxBytes;
    private final Object[] locks =
            IntStream.range(0, LOCKS).mapToObj(lock -> new Object()).toArray();

    /** Sizes of the copies, the one used last at the end. */
    private final Map<RunKey, Long> sizes = new LinkedHashMap<>(16, 0.75f, true);

    private boolean loaded;
    private long bytes;

    /**
     * @param folder of the run folders; only this process deletes copies there
     * @param instance name of the process, which deletes only its own unfinished copies: letters, digits, hyphens
     * @param maxBytes of all copies; the one used last is kept in any case
     */
    public RunCopies(RunShelf shelf, Path folder, String instance, long maxBytes) {
        this.shelf = shelf;
        this.folder = folder;
        this.copies = new FolderShelf(folder, instance);
        this.instance = instance;
        this.maxBytes = maxBytes;
    }

    /** The shelf of the runs. */
    public RunShelf shelf() {
        return shelf;
    }

    /** The folder of the copies, laid out as a {@link FolderShelf}. */
    public Path folder() {
        return folder;
    }

    /** Returns the folder of a run's copy, which may not exist. */
    public Path folderOf(RunKey run) throws IOException, UnsafePathException {
        return copies.folderOf(run);
    }

    /** Copies a run if there is no copy of it yet, and returns the folder. It does not exist if there is no such run. */
    public Path fetch(RunKey run) throws IOException, UnsafePathException {
        load();
        Path copy = copies.folderOf(run);
        synchronized (lock(run)) {
            Optional<Manifest> local = copies.find(run).map(ShelvedRun::manifest);
            if (local.filter(Manifest::ok).isPresent()) {
                used(run, local.get());
                return copy;
            }
            Optional<ShelvedRun> found = shelf.find(run);
            if (found.isPresent()) {
                // A failed run may have been replaced since.
                Manifest published = found.get().manifest();
                if (local.isEmpty() || !Arrays.equals(local.get().bytes(), published.bytes())) {
                    remove(run);
                    copy(found.get(), copy);
                }
                used(run, published);
            }
        }
        return copy;
    }

    /** Reads a run folder. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Path folder) throws IOException;
    }

    /** Reads a run of which the log is not needed, so that it is not copied only for this; empty if there is no such run. */
    public <T> Optional<T> readWithoutLog(RunKey run, Reader<T> reader) throws IOException, UnsafePathException {
        load();
        synchronized (lock(run)) {
            Optional<ShelvedRun> found = shelf.find(run);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Path temporary = folder.resolve(RunFolder.TEMPORARY + instance + "-read-" + run.shop() + "-" + run.runId());
            try (RunFolder files = RunFolder.toPublish(temporary.resolve(run.runId()), written -> {})) {
                shelf.copy(found.get(), file -> !file.equals(RunFolderLayout.LOG.file()), files);
                return Optional.of(reader.read(files.target()));
            } finally {
                RunFolder.discard(temporary);
            }
        }
    }

    private Object lock(RunKey run) {
        return locks[Math.floorMod(run.hashCode(), LOCKS)];
    }

    private void copy(ShelvedRun run, Path copy) throws IOException {
        try {
            RunCopy.create(shelf, run, copy, instance);
        } catch (RunFolderOccupiedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The copies of an earlier process count as not used. */
    private synchronized void load() throws IOException, UnsafePathException {
        if (!loaded) {
            copies.sweep();
            Map<RunKey, Long> found = new LinkedHashMap<>();
            copies.list(run -> found.put(run, 0L));
            for (RunKey run : found.keySet()) {
                copies.find(run).ifPresent(copied -> add(run, copied.manifest()));
            }
            loaded = true;
        }
    }

    private void add(RunKey run, Manifest manifest) {
        long size =
                manifest.outputs().stream().mapToLong(ManifestOutput::sizeBytes).sum();
        Long before = sizes.put(run, size);
        bytes += size - (before == null ? 0 : before);
    }

    private synchronized void used(RunKey run, Manifest manifest) throws IOException, UnsafePathException {
        add(run, manifest);
        Iterator<Map.Entry<RunKey, Long>> oldest = sizes.entrySet().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            Map.Entry<RunKey, Long> copied = oldest.next();
            if (!copied.getKey().equals(run)) {
                remove(copied.getKey());
                bytes -= copied.getValue();
                oldest.remove();
            }
        }
    }

    /** Renames the copy first: no other reader and no crash may see a part of it. */
    private void remove(RunKey run) throws IOException, UnsafePathException {
        Path copy = copies.folderOf(run);
        Path removed = copy.resolveSibling(RunFolder.TEMPORARY + instance + "-removed-" + run.runId());
        try {
            Files.move(copy, removed, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException ignored) {
            return; // There is no copy.
        }
        RunFolder.discard(removed);
    }
}
