package dynoai.bench.pipeline;

import dynoai.bench.Target;
import dynoai.bench.fleet.HostileClients;
import dynoai.bench.fleet.MadeLog;
import dynoai.bench.fleet.TlsClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** Measures the requests of a good shop without and with hostile clients, which are a process of their own. */
final class HostileLoad {
    private static final double MAX_RATIO = 2;
    private static final int LOG_BYTES = 2_000;
    private static final long PAUSE_MILLIS = 20;

    /** Hostile clients have machines of their own, so they do not compete for this one's processors. */
    private static final String NICENESS = "10";

    private final FleetProcesses fleet;
    private final FleetSize size;
    private final SSLContext tls;
    private final byte[] rows = "3000,80,70\n".repeat(LOG_BYTES / 11).getBytes(StandardCharsets.US_ASCII);
    private long number;

    /** Milliseconds of requests, sorted once all are there. */
    private static final class Times {
        /** With their connections. */
        private final double[] posts;

        /** On these connections. */
        private final double[] gets;

        private Times(int visits) {
            posts = new double[visits];
            gets = new double[visits];
        }
    }

    HostileLoad(FleetProcesses fleet, FleetSize size) throws IOException {
        this.fleet = fleet;
        this.size = size;
        this.tls = TlsClient.trusting(fleet.certificate());
    }

    /** @param connections that hostile clients hold */
    void measure(int connections, PipelineReport report) throws IOException, InterruptedException {
        String good = fleet.fastToken("good");
        String hostile = fleet.token("hostile");
        visit(good, size.visits() / 2);
        Times quiet = visit(good, size.visits());
        Process clients = start(hostile, connections);
        Times under;
        String summary;
        try (BufferedReader said = clients.inputReader(StandardCharsets.UTF_8)) {
            if (said.readLine() == null) {
                throw new IOException("the hostile clients ended early");
            }
            under = visit(good, size.visits());
            clients.getOutputStream().close();
            summary = said.readLine();
        } finally {
            clients.destroy();
        }
        report.add("hostile clients", "%s", String.valueOf(summary).replace("; ", "<br>"));
        add(report, "POST of a small log on a new connection", quiet.posts, under.posts);
        add(report, "GET of its run on this connection", quiet.gets, under.gets);
    }

    private static void add(PipelineReport report, String what, double[] quiet, double[] under) {
        report.add(
                what + ", ms: median, 99 % without; median, 99 %, longest with hostile clients",
                "%.1f, %.1f; %.1f, %.1f, %.1f",
                DropLatency.quantile(quiet, 0.5),
                DropLatency.quantile(quiet, 0.99),
                DropLatency.quantile(under, 0.5),
                DropLatency.quantile(under, 0.99),
                under[under.length - 1]);
        report.add(Target.atMost(
                what + ", 99 % of " + under.length + " with hostile clients over without",
                DropLatency.quantile(under, 0.99) / DropLatency.quantile(quiet, 0.99),
                MAX_RATIO,
                "×"));
    }

    private Process start(String token, int connections) throws IOException {
        return new ProcessBuilder(List.of(
                        "nice",
                        "-n",
                        NICENESS,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileClients.class.getName(),
                        String.valueOf(fleet.port()),
                        fleet.certificate().toString(),
                        token,
                        String.valueOf(connections)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Times visit(String token, int visits) throws IOException, InterruptedException {
        Times times = new Times(visits);
        for (int i = 0; i < visits; i++) {
            MadeLog log = MadeLog.unique("good-" + number++, rows);
            long started = System.nanoTime();
            try (TlsClient client = TlsClient.connect(tls, fleet.port())) {
                log.post(client, token).require(201);
                long posted = System.nanoTime();
                client.send("GET /v1/runs/" + log.name() + " HTTP/1.1\r\nAuthorization: Bearer " + token + "\r\n")
                        .require(200);
                times.posts[i] = (posted - started) / 1e6;
                times.gets[i] = (System.nanoTime() - posted) / 1e6;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        Arrays.sort(times.posts);
        Arrays.sort(times.gets);
        return times;
    }
}
