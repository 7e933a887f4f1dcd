package dynoai.bench.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Measures and deletes folders. */
final class DiskUse {
    private DiskUse() {}

    /** Returns the bytes of files whose path contains {@code part}, without Kafka's preallocated index files. */
    static long of(Path folder, String part) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file ->
                            file.toString().contains(part) && !file.toString().endsWith("index"))
                    .mapToLong(DiskUse::length)
                    .sum();
        }
    }

    private static long length(Path file) {
        return Files.isRegularFile(file) ? file.toFile().length() : 0;
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(DiskUse::deleteOne);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
