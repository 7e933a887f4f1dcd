package dynoai.bench.pipeline;

import dynoai.bench.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures the single logs of shop B, from the last byte to the run folder, while shop A fills the pipeline. Ingest, analyzer
 * and exporter are processes of their own.
 */
final class Fairness {
    private static final int ROWS_OF_B = 60_000;
    private static final int SHORT_ROWS = 500;
    private static final double MAX_RATIO = 2;

    /**
     * Amount of work.
     *
     * @param logs of shop B in each situation, at most: fewer if A's logs are done before
     * @param pauseMillis after each of them
     * @param backlog short logs of shop A
     * @param large long logs of shop A
     */
    record Size(int logs, long pauseMillis, int backlog, int large, long largeRows, long stoppedMillis) {
        static final Size FULL = new Size(20, 200, 2_000, 12, 2_000_000, 60_000);
        static final Size SMOKE = new Size(2, 200, 20, 1, 600_000, 500);
    }

    private final StageProcesses stages;
    private final DistinctLogs logs;
    private final Size size;

    Fairness(StageProcesses stages, DistinctLogs logs, Size size) {
        this.stages = stages;
        this.logs = logs;
        this.size = size;
    }

    void measure(PipelineReport report) throws IOException, InterruptedException {
        secondsOfB(() -> false);
        double[] idle = secondsOfB(() -> false);
        add(report, "nothing of A", idle, idle, 0);

        Path backlog = stages.drop("a", logs.make(size.backlog(), SHORT_ROWS));
        measure(report, "short logs of A: " + size.backlog(), idle, backlog);

        Path large = stages.drop("a", logs.make(size.large(), size.largeRows()));
        measure(report, "logs of A with " + size.largeRows() + " rows: " + size.large(), idle, large);

        stages.stop("exporter");
        Path meanwhile = stages.drop("a", logs.make(size.backlog(), SHORT_ROWS));
        TimeUnit.MILLISECONDS.sleep(size.stoppedMillis());
        stages.start("exporter");
        measure(
                report,
                "short logs of A: " + size.backlog() + ", and no exporter for the " + size.stoppedMillis() / 1000
                        + " s before",
                idle,
                meanwhile);
    }

    private void measure(PipelineReport report, String situation, double[] idle, Path ofA)
            throws IOException, InterruptedException {
        double[] seconds = secondsOfB(() -> StageProcesses.count(ofA) == 0);
        long waiting = StageProcesses.count(ofA);
        add(report, situation, seconds, idle, waiting);
        report.add(Target.atMost(
                "a log of B (" + situation + "), 95 % of " + seconds.length + " over idle",
                DropLatency.quantile(seconds, 0.95) / DropLatency.quantile(idle, 0.95),
                MAX_RATIO,
                "×"));
        stages.awaitDone(ofA);
    }

    private static void add(PipelineReport report, String situation, double[] seconds, double[] idle, long waiting) {
        double median = DropLatency.quantile(seconds, 0.5);
        double p95 = DropLatency.quantile(seconds, 0.95);
        report.add(
                "a log of B with " + situation
                        + ", s: median; 95 %; longest; × idle: median; 95 %; logs of B; A's logs still unclaimed",
                "%.2f; %.2f; %.2f; %.2f; %.2f; %d; %d",
                median,
                p95,
                seconds[seconds.length - 1],
                median / DropLatency.quantile(idle, 0.5),
                p95 / DropLatency.quantile(idle, 0.95),
                seconds.length,
                waiting);
    }

    /**
     * Drops logs of B one after the other, each when the one before has its run folder. Returns the seconds from the last byte of each to
     * its run folder, sorted.
     */
    private double[] secondsOfB(StageProcesses.Condition untilDone) throws IOException, InterruptedException {
        Path shop = Files.createDirectories(stages.folder("drop/b"));
        List<Double> seconds = new ArrayList<>();
        for (Path log : logs.make(size.logs(), ROWS_OF_B)) {
            long before = runsOfB();
            long written = DropLatency.drop(
                    Files.readAllBytes(log), shop.resolve(log.getFileName()), DropLatency.Arrival.WRITTEN);
            StageProcesses.await(() -> runsOfB() > before);
            seconds.add((System.nanoTime() - written) / 1e9);
            if (untilDone.isMet()) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(size.pauseMillis());
        }
        return seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private long runsOfB() throws IOException {
        return AgentLatency.runs(stages.folder("runs/b"));
    }
}
