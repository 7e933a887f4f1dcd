package dynoai.bench.pipeline;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Writes logs into the drop folder one by one and measures from the last byte of each to its map on the page. */
final class DropLatency {
    private static final int CHUNK = 1 << 16;

    /** A copying program takes a while; a name that no scan has seen is not known to be an unfinished one. */
    private static final long COPY_MILLIS = 200;

    /** How a log arrives in the drop folder. */
    enum Arrival {
        /** Written under its name, so that it must settle. */
        WRITTEN,
        /** Written under an unfinished name and renamed. */
        RENAMED,
        /** Written under its name; then its {@code .done} file is created. */
        MARKED
    }

    private DropLatency() {}

    /** Returns the seconds of all logs, sorted. */
    static double[] seconds(Node node, List<Path> logs, Arrival arrival, long pauseMillis)
            throws IOException, InterruptedException {
        Map<String, Long> complete = new HashMap<>();
        try (PageWatch page = PageWatch.open(node.address())) {
            for (Path log : logs) {
                String name = arrival + "-" + log.getFileName();
                complete.put(
                        name, drop(Files.readAllBytes(log), node.dropFolder().resolve(name), arrival));
                TimeUnit.MILLISECONDS.sleep(pauseMillis);
            }
            Map<String, Long> shown = page.await(complete.keySet());
            return complete.entrySet().stream()
                    .mapToDouble(log -> (Objects.requireNonNull(shown.get(log.getKey())) - log.getValue()) / 1e9)
                    .sorted()
                    .toArray();
        }
    }

    /** Returns the time at which the log was complete. */
    static long drop(byte[] bytes, Path file, Arrival arrival) throws IOException, InterruptedException {
        Path written = arrival == Arrival.RENAMED ? file.resolveSibling(file.getFileName() + ".part") : file;
        try (OutputStream out = Files.newOutputStream(written)) {
            for (int from = 0; from < bytes.length; from += CHUNK) {
                out.write(bytes, from, Math.min(CHUNK, bytes.length - from));
            }
        }
        if (arrival == Arrival.RENAMED) {
            TimeUnit.MILLISECONDS.sleep(COPY_MILLIS);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } else if (arrival == Arrival.MARKED) {
            Files.createFile(file.resolveSibling(file.getFileName() + ".done"));
        }
        return System.nanoTime();
    }

    static double quantile(double[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
