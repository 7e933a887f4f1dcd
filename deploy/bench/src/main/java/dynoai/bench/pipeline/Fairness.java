package dynoai.bench.pipeline;

import dynoai.bench.Target;
import dynoai.broker.EmbeddedBroker;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Measures the single logs of shop B, from the last byte to the run folder, while shop A fills the pipeline. Ingest, analyzer
 * and exporter are processes of their own around a broker in this JVM.
 */
final class Fairness implements AutoCloseable {
    private static final long LOOK_MILLIS = 10;
    private static final long MAX_WAIT_MINUTES = 30;
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

    private final Path root;
    private final Path home;
    private final DistinctLogs logs;
    private final Size size;
    private final EmbeddedBroker broker;
    private final Node ingest;
    private final Node analyzer;
    private Node exporter;
    private int folders;

    private Fairness(Path root, Path home, DistinctLogs logs, Size size, EmbeddedBroker broker) throws IOException {
        this.root = root;
        this.home = home;
        this.logs = logs;
        this.size = size;
        this.broker = broker;
        this.ingest = stage("ingest");
        this.analyzer = stage("analyzer");
        this.exporter = stage("exporter");
    }

    static Fairness start(Path root, Path home, DistinctLogs logs, Size size) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(home.resolve("broker"), 0);
        try (Admin admin = Admin.create(broker.clientProperties())) {
            new TopicAdmin(admin, TopicLayout.ofCluster(1), Namespace.DEFAULT).create();
            return new Fairness(root, home, logs, size, broker);
        } catch (Exception e) {
            broker.close();
            throw e;
        }
    }

    private Node stage(String name) throws IOException {
        return Node.start(root, home, name, broker.clientProperties());
    }

    void measure(PipelineReport report) throws IOException, InterruptedException {
        for (Node node : List.of(ingest, analyzer, exporter)) {
            node.awaitReady();
        }
        secondsOfB(() -> false);
        double[] idle = secondsOfB(() -> false);
        add(report, "nothing of A", idle, idle, 0);

        Path backlog = dropOfA(logs.make(size.backlog(), SHORT_ROWS));
        measure(report, "short logs of A: " + size.backlog(), idle, backlog);

        Path large = dropOfA(logs.make(size.large(), size.largeRows()));
        measure(report, "logs of A with " + size.largeRows() + " rows: " + size.large(), idle, large);

        exporter.close();
        Path meanwhile = dropOfA(logs.make(size.backlog(), SHORT_ROWS));
        TimeUnit.MILLISECONDS.sleep(size.stoppedMillis());
        exporter = stage("exporter");
        exporter.awaitReady();
        measure(
                report,
                "short logs of A: " + size.backlog() + ", and no exporter for the " + size.stoppedMillis() / 1000
                        + " s before",
                idle,
                meanwhile);
    }

    private void measure(PipelineReport report, String situation, double[] idle, Path ofA)
            throws IOException, InterruptedException {
        double[] seconds = secondsOfB(() -> count(ofA) == 0);
        long waiting = count(ofA);
        add(report, situation, seconds, idle, waiting);
        report.add(Target.atMost(
                "a log of B (" + situation + "), 95 % of " + seconds.length + " over idle",
                DropLatency.quantile(seconds, 0.95) / DropLatency.quantile(idle, 0.95),
                MAX_RATIO,
                "×"));
        await(() -> count(ofA) == 0 && count(home.resolve("drop/.work")) == 0);
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

    /** Makes logs of shop A visible at once. Returns the folder in which they wait. */
    private Path dropOfA(List<Path> some) throws IOException {
        Path shop = Files.createDirectories(home.resolve("drop/a"));
        String name = "cell-" + folders++;
        Path hidden = Files.createDirectory(shop.resolve("." + name));
        for (Path log : some) {
            Files.createLink(hidden.resolve(log.getFileName()), log);
        }
        return Files.move(hidden, shop.resolve(name));
    }

    /**
     * Drops logs of B one after the other, each when the one before has its run folder. Returns the seconds from the last byte of each to
     * its run folder, sorted.
     */
    private double[] secondsOfB(Condition untilDone) throws IOException, InterruptedException {
        Path shop = Files.createDirectories(home.resolve("drop/b"));
        List<Double> seconds = new ArrayList<>();
        for (Path log : logs.make(size.logs(), ROWS_OF_B)) {
            int before = runsOfB();
            long written = DropLatency.drop(
                    Files.readAllBytes(log), shop.resolve(log.getFileName()), DropLatency.Arrival.WRITTEN);
            await(() -> runsOfB() > before);
            seconds.add((System.nanoTime() - written) / 1e9);
            if (untilDone.isMet()) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(size.pauseMillis());
        }
        return seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private int runsOfB() throws IOException {
        Path runs = home.resolve("runs/b");
        if (!Files.isDirectory(runs)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(runs)) {
            return (int) all.filter(run -> !run.getFileName().toString().startsWith("."))
                    .count();
        }
    }

    private static long count(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private interface Condition {
        boolean isMet() throws IOException, InterruptedException;
    }

    private static void await(Condition condition) throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(MAX_WAIT_MINUTES);
        while (!condition.isMet()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("not met within " + MAX_WAIT_MINUTES + " minutes");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public void close() {
        for (Node node : Arrays.asList(exporter, analyzer, ingest)) {
            node.close();
        }
        broker.close();
    }
}
