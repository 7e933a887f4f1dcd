package dynoai.bench.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** What lies on the disk. */
final class DiskUse {
    private DiskUse() {}

    /** Bytes of the files whose path holds the text. Indexes are left out: Kafka makes them long and fills them little. */
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
