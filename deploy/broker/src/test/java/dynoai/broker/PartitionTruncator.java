package dynoai.broker;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Cuts the ends off Kafka's logs, as a power cut does with unwritten pages. */
public final class PartitionTruncator {
    private static final int BATCH_HEADER = 12;
    private static final int LENGTH_AT = 8;

    private PartitionTruncator() {}

    /** Copies the directory of a running broker, as a kill at this moment would leave it. */
    public static void copyAsAfterAKill(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    /** Cuts the last batches off each partition whose name has the given prefix. */
    public static void cut(Path kafka, String partitions, int batches) throws IOException {
        try (Stream<Path> folders = Files.list(kafka)) {
            for (Path folder : folders.filter(Files::isDirectory).toList()) {
                if (folder.getFileName().toString().startsWith(partitions)) {
                    cut(folder, batches);
                }
            }
        }
    }

    private static void cut(Path partition, int batches) throws IOException {
        List<Path> segments;
        try (Stream<Path> files = Files.list(partition)) {
            segments = files.filter(file -> file.toString().endsWith(".log"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
        if (segments.isEmpty()) {
            return;
        }
        try (RandomAccessFile log =
                new RandomAccessFile(segments.get(segments.size() - 1).toFile(), "rw")) {
            Deque<Long> starts = new ArrayDeque<>();
            long at = 0;
            while (at + BATCH_HEADER <= log.length()) {
                starts.push(at);
                log.seek(at + LENGTH_AT);
                at += BATCH_HEADER + log.readInt();
            }
            for (int cut = 0; cut < batches && !starts.isEmpty(); cut++) {
                log.setLength(starts.pop());
            }
        }
    }
}
