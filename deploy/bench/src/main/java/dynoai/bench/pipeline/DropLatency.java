package dynoai.bench.pipeline;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Writes logs into the drop folder one by one and measures from closing each file to its run folder. */
final class DropLatency {
    private static final int CHUNK = 1 << 16;

    private DropLatency() {}

    /** Seconds, sorted. */
    static double[] seconds(Node node, List<Path> logs, long pauseMillis) throws IOException, InterruptedException {
        int mark = node.mark();
        Map<String, Long> closed = new HashMap<>();
        for (Path log : logs) {
            String name = log.getFileName().toString();
            byte[] bytes = Files.readAllBytes(log);
            try (OutputStream out = Files.newOutputStream(node.dropFolder().resolve(name))) {
                for (int from = 0; from < bytes.length; from += CHUNK) {
                    out.write(bytes, from, Math.min(CHUNK, bytes.length - from));
                }
            }
            closed.put(name, System.nanoTime());
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
        }
        List<Double> seconds = new ArrayList<>();
        for (Node.Line run : node.awaitRuns(mark, logs.size())) {
            String name = run.text().replaceFirst("^run +[^ ]+ ", "").replaceFirst(",.*", "");
            Long since = closed.get(name);
            if (since == null) {
                throw new IllegalStateException("no log of ours: " + run.text());
            }
            seconds.add((run.nanos() - since) / 1e9);
        }
        return seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    static double quantile(double[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
