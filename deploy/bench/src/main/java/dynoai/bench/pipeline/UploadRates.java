package dynoai.bench.pipeline;

import dynoai.bench.Target;
import dynoai.bench.fleet.MadeLog;
import dynoai.bench.fleet.PlainJetty;
import dynoai.bench.fleet.TlsClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/**
 * Measures how fast an intake takes logs, in turn with a {@link PlainJetty} that has the same certificate and the same options of the
 * JVM. Every log has bytes of its own; the clients are the same, in this JVM.
 */
final class UploadRates {
    private static final int CONNECTIONS = 4;
    private static final int PART_BYTES = 4 << 20;
    private static final double MIN_RATIO = 0.7;

    private final FleetProcesses fleet;
    private final Path folder;
    private final byte[] rows;
    private final FleetSize size;
    private final SSLContext tls;
    private final ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
    private long number;

    /** A way to send a log. */
    private interface Way {
        void send(TlsClient client, MadeLog log) throws IOException;
    }

    /**
     * Rates of the rounds of one way.
     *
     * @param perSecond uploads
     * @param cpuMillis of the server for an upload
     */
    private record Rates(List<Double> perSecond, List<Double> cpuMillis) {
        Rates() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        double median() {
            return FileToFolder.median(
                    perSecond.stream().mapToDouble(Double::doubleValue).toArray());
        }

        /** Returns the median of the rounds' ratios: what slows one round of both does not count. */
        double over(Rates other) {
            return FileToFolder.median(IntStream.range(0, perSecond.size())
                    .mapToDouble(round -> perSecond.get(round) / other.perSecond.get(round))
                    .toArray());
        }

        double medianMillis() {
            return FileToFolder.median(
                    cpuMillis.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    /** @param rows what all logs have in common */
    UploadRates(FleetProcesses fleet, Path folder, byte[] rows, FleetSize size) throws IOException {
        this.fleet = fleet;
        this.folder = folder;
        this.rows = rows;
        this.size = size;
        this.tls = TlsClient.trusting(fleet.certificate());
    }

    void measure(PipelineReport report) throws Exception {
        String token = fleet.fastToken("north");
        ProcessHandle intake = ProcessHandle.of(fleet.server().pid()).orElseThrow();
        Process plain = startPlain();
        try (BufferedReader said = plain.inputReader(StandardCharsets.US_ASCII)) {
            int plainPort = Integer.parseInt(said.readLine());
            Way post = (client, log) -> log.post(client, token).require(201);
            Way tus = (client, log) -> log.upload(client, token, PART_BYTES);
            Rates ofIntake = new Rates();
            Rates ofParts = new Rates();
            Rates ofPlain = new Rates();
            for (int round = 0; round <= size.rounds(); round++) {
                boolean counts = round > 0;
                round(counts ? ofIntake : new Rates(), intake, fleet.port(), post);
                round(counts ? ofPlain : new Rates(), plain.toHandle(), plainPort, post);
                round(counts ? ofParts : new Rates(), intake, fleet.port(), tus);
            }
            add(report, "an intake, one POST a log", ofIntake);
            add(report, "an intake, tus in parts of 4 MiB", ofParts);
            add(report, "a plain Jetty, one POST a log", ofPlain);
            report.add(Target.atLeast(
                    "uploads of an intake over a plain Jetty's, one POST a log",
                    ofIntake.over(ofPlain),
                    MIN_RATIO,
                    "×"));
        } finally {
            clients.shutdownNow();
            plain.destroy();
        }
    }

    private void add(PipelineReport report, String what, Rates rates) {
        double[] sorted = rates.perSecond().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        report.add(
                what + ", logs a second: median; least; most; MB/s; processor ms a log",
                "%.1f; %.1f; %.1f; %.0f; %.1f",
                rates.median(),
                sorted[0],
                sorted[sorted.length - 1],
                rates.median() * rows.length / 1e6,
                rates.medianMillis());
    }

    /** Starts the server with the options that the launcher gives to the intake's JVM. */
    private Process startPlain() throws IOException {
        List<String> line = new ArrayList<>();
        for (String argument : fleet.server().javaCommand()) {
            if (line.isEmpty()
                    || argument.startsWith("-X")
                            && !argument.startsWith("-XX:SharedArchiveFile")
                            && !argument.startsWith("-XX:AOTCache")) {
                line.add(argument);
            }
        }
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), PlainJetty.class.getName()));
        line.addAll(List.of(fleet.certificate().toString(), fleet.key().toString(), folder.toString()));
        return new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void round(Rates rates, ProcessHandle server, int port, Way way) throws Exception {
        List<List<MadeLog>> shares = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            List<MadeLog> share = new ArrayList<>();
            for (int log = 0; log < Math.max(1, size.uploads() / CONNECTIONS); log++) {
                share.add(MadeLog.unique("upload-" + number++, rows));
            }
            shares.add(share);
        }
        List<Callable<Void>> tasks = new ArrayList<>();
        for (List<MadeLog> share : shares) {
            TlsClient client = TlsClient.connect(tls, port);
            tasks.add(() -> {
                try (client) {
                    for (MadeLog log : share) {
                        way.send(client, log);
                    }
                }
                return null;
            });
        }
        double before = cpuSeconds(server);
        long started = System.nanoTime();
        for (Future<Void> done : clients.invokeAll(tasks)) {
            done.get();
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        int logs = shares.stream().mapToInt(List::size).sum();
        rates.perSecond().add(logs / seconds);
        rates.cpuMillis().add((cpuSeconds(server) - before) * 1000 / logs);
    }

    private static double cpuSeconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }
}
