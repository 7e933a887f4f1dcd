package dynoai.exporter.s3;

import dynoai.schemas.file.ContentPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Copies of stored logs on the local disk, named by their hash. The ones that were not used for longest are deleted first. */
final class LocalCopies {
    private final Path folder;
    private final long maxBytes;

    /** Sizes by hash, the one used last at the end. */
    private final Map<String, Long> sizes = new LinkedHashMap<>(16, 0.75f, true);

    private boolean loaded;
    private long bytes;

    /** @param maxBytes of all copies; a single larger one is kept until the next */
    LocalCopies(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /** Returns a copy, which the caller has to check. */
    synchronized Optional<Path> find(String sha256) throws IOException {
        load();
        Path file = ContentPath.of(folder, sha256);
        return Files.exists(file) && sizes.get(sha256) != null ? Optional.of(file) : Optional.empty();
    }

    /** Moves a file among the copies. */
    synchronized Path take(Path file, String sha256) throws IOException {
        load();
        Path copy = ContentPath.of(folder, sha256);
        Files.createDirectories(copy.resolveSibling("."));
        Files.move(file, copy, StandardCopyOption.ATOMIC_MOVE);
        add(copy);
        Iterator<Map.Entry<String, Long>> oldest = sizes.entrySet().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            Map.Entry<String, Long> copied = oldest.next();
            if (!copied.getKey().equals(sha256)) {
                Files.deleteIfExists(ContentPath.of(folder, copied.getKey()));
                bytes -= copied.getValue();
                oldest.remove();
            }
        }
        return copy;
    }

    synchronized void remove(String sha256) throws IOException {
        Files.deleteIfExists(ContentPath.of(folder, sha256));
        Long size = sizes.remove(sha256);
        bytes -= size == null ? 0 : size;
    }

    private void load() throws IOException {
        if (!loaded && Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> copies = files.filter(Files::isRegularFile).toList();
                for (Path copy : copies) {
                    add(copy);
                }
            }
        }
        loaded = true;
    }

    private void add(Path copy) throws IOException {
        long size = Files.size(copy);
        Long before = sizes.put(copy.getFileName().toString(), size);
        bytes += size - (before == null ? 0 : before);
    }
}
