package dynoai.bench.pipeline;

import dynoai.bench.Target;
import dynoai.bench.fleet.MadeLog;
import dynoai.bench.fleet.TlsClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Measures the single logs of shop B, from the request that sends each to its run folder, while uploaded logs of shop A wait. Intake,
 * admit, analyzer and exporter are processes of their own.
 */
final class FleetFairness {
    private static final String ADMIT = "admit";
    private static final int SHORT_ROWS = 500;
    private static final long PAUSE_MILLIS = 200;
    private static final double MAX_RATIO = 2;

    private final FleetProcesses fleet;
    private final DistinctLogs logs;
    private final FleetSize size;
    private final SSLContext tls;

    FleetFairness(FleetProcesses fleet, DistinctLogs logs, FleetSize size) throws IOException {
        this.fleet = fleet;
        this.logs = logs;
        this.size = size;
        this.tls = TlsClient.trusting(fleet.certificate());
    }

    void measure(PipelineReport report) throws IOException, InterruptedException {
        String a = fleet.fastToken("a");
        String b = fleet.fastToken("b");
        secondsOfB(b, () -> false);
        double[] idle = secondsOfB(b, () -> false);
        fleet.stages().stop(ADMIT);
        for (Path log : logs.make(size.backlog(), SHORT_ROWS)) {
            send(log, a);
        }
        fleet.stages().start(ADMIT);
        StageProcesses.await(() -> runs("a") > 0);
        double[] seconds = secondsOfB(b, () -> runs("a") == size.backlog());
        long waiting = size.backlog() - runs("a");
        add(report, "nothing of A", idle, 0);
        add(report, size.backlog() + " uploaded logs of A", seconds, waiting);
        report.add(Target.atMost(
                "an uploaded log of B with " + size.backlog() + " of A waiting, 95 % of " + seconds.length
                        + " over idle",
                DropLatency.quantile(seconds, 0.95) / DropLatency.quantile(idle, 0.95),
                MAX_RATIO,
                "×"));
    }

    private static void add(PipelineReport report, String situation, double[] seconds, long waiting) {
        report.add(
                "an uploaded log of B with " + situation
                        + ", s: median; 95 %; longest; logs of B; A's logs without a run",
                "%.2f; %.2f; %.2f; %d; %d",
                DropLatency.quantile(seconds, 0.5),
                DropLatency.quantile(seconds, 0.95),
                seconds[seconds.length - 1],
                seconds.length,
                waiting);
    }

    /** Sends logs of B one after the other, each when the one before has its run folder. Returns the seconds of each, sorted. */
    private double[] secondsOfB(String token, StageProcesses.Condition untilDone)
            throws IOException, InterruptedException {
        List<Double> seconds = new ArrayList<>();
        for (Path log : logs.make(size.ofB(), size.rows())) {
            long before = runs("b");
            long started = System.nanoTime();
            send(log, token);
            StageProcesses.await(() -> runs("b") > before);
            seconds.add((System.nanoTime() - started) / 1e9);
            if (untilDone.isMet()) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private void send(Path log, String token) throws IOException {
        String name = log.getFileName().toString().replaceFirst("\\.csv$", "");
        try (TlsClient client = TlsClient.connect(tls, fleet.port())) {
            MadeLog.of(name, Files.readAllBytes(log)).post(client, token).require(201);
        }
    }

    private long runs(String shop) throws IOException {
        return AgentLatency.runs(fleet.folder("runs").resolve(shop));
    }
}
