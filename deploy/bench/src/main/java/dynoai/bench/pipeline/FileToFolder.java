package dynoai.bench.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Measures waiting logs from the first claim to the last run folder, in turn with {@code dynoai batch} on the same logs.
 */
final class FileToFolder {
    private static final long LOOK_NANOS = 2_000_000;

    private final Path root;
    private final Path work;
    private final DistinctLogs logs;
    private final Node node;

    /** Medians over rounds: rows per second and CPU milliseconds per log. */
    record Rates(double pipeline, double batch, double cpuMillisPerLog) {}

    FileToFolder(Path root, Path work, DistinctLogs logs, Node node) {
        this.root = root;
        this.work = work;
        this.logs = logs;
        this.node = node;
    }

    /** Runs one round of the pipeline alone, cold or as warm-up. */
    double wave(int count, long rows) throws IOException, InterruptedException {
        return rate(logs.make(count, rows), rows);
    }

    Rates inTurn(int rounds, int count, long rows) throws IOException, InterruptedException {
        double[] pipeline = new double[rounds];
        double[] batch = new double[rounds];
        double[] cpu = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            List<Path> some = logs.make(count, rows);
            batch[round] = batch(some, rows);
            double before = node.cpuSeconds();
            pipeline[round] = rate(some, rows);
            cpu[round] = (node.cpuSeconds() - before) * 1000 / count;
        }
        return new Rates(median(pipeline), median(batch), median(cpu));
    }

    private double rate(List<Path> some, long rows) throws IOException, InterruptedException {
        int mark = node.mark();
        Path waiting = node.drop(some);
        while (count(waiting) == some.size()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        long started = System.nanoTime();
        List<Node.Line> runs = node.awaitRuns(mark, some.size());
        return some.size() * rows * 1e9 / (runs.get(runs.size() - 1).nanos() - started);
    }

    private double batch(List<Path> some, long rows) throws IOException, InterruptedException {
        Path runs = work.resolve("batch-runs");
        List<String> command = new ArrayList<>(
                List.of(root.resolve("dynoai").toString(), "batch", "--jobs", "2", "--outdir", runs.toString()));
        command.add(Objects.requireNonNull(some.get(0).getParent()).toString());
        long started = System.nanoTime();
        int code = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        double rate = some.size() * rows * 1e9 / (System.nanoTime() - started);
        if (code != 0) {
            throw new IllegalStateException("batch ended with " + code);
        }
        DiskUse.delete(runs);
        return rate;
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    static double median(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
