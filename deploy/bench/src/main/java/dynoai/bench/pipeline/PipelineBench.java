package dynoai.bench.pipeline;

import dynoai.bench.Target;
import dynoai.bench.history.CatalogueHistory;
import dynoai.bench.pipeline.PipelineOptions.Part;
import dynoai.bench.pipeline.PipelineOptions.Size;
import dynoai.catalogue.CatalogueAddress;
import dynoai.engine.sample.SampleProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The benchmark of the pipeline. Run it with {@code deploy/bench/pipeline}. */
public final class PipelineBench {
    private static final int SHORT_ROWS = 500;
    private static final int PARTS_OF_RUNS = 10;
    private static final long LONG_ROWS = 20_000_000;
    private static final double SETTLE_SECONDS = 3;
    private static final long DROP_EVERY_MILLIS = 250;

    private final PipelineOptions options;
    private final Size size;
    private final Path root;
    private final Path work;
    private final DistinctLogs logs;
    private final PipelineReport report = new PipelineReport();

    private PipelineBench(PipelineOptions options, Path root, Path work) {
        this.options = options;
        this.size = options.size();
        this.root = root;
        this.work = work;
        this.logs = new DistinctLogs(work.resolve("logs"));
    }

    public static void main(String[] args) throws Exception {
        PipelineOptions options;
        try {
            options = PipelineOptions.parse(args);
        } catch (IllegalArgumentException unknown) {
            System.err.println(PipelineOptions.USAGE);
            System.exit(2);
            return;
        }
        Path root = Path.of("").toAbsolutePath();
        Path place = Files.createDirectories(root.resolve("deploy/bench/target/bench"));
        Path work = Files.createTempDirectory(place, "pipeline-");
        PipelineBench bench = new PipelineBench(options, root, work);
        try {
            bench.measure();
        } finally {
            DiskUse.delete(work);
        }
        Files.writeString(place.resolve("pipeline.md"), bench.report.toMarkdown());
        System.out.print(bench.report.toMarkdown());
        System.exit(options.check() && bench.report.isMissed() ? 1 : 0);
    }

    private void measure() throws Exception {
        if (options.has(Part.CODEC)) {
            codec();
        }
        if (options.has(Part.TRANSPORT)) {
            transport();
        }
        if (options.has(Part.FILES) || options.has(Part.LATENCY) || options.has(Part.RUNS) || options.has(Part.LONG)) {
            nodes();
        }
        if (options.has(Part.FAIRNESS)) {
            try (StageProcesses stages = StageProcesses.start(root, work.resolve("fairness"))) {
                new Fairness(stages, logs, size.fairness()).measure(report);
            }
        }
        if (options.has(Part.CATALOGUE)) {
            catalogue();
        }
        if (options.has(Part.LEDGER)) {
            try (StageProcesses stages = StageProcesses.start(root, work.resolve("ledger"))) {
                new LedgerHistory(stages, logs, size.runsOfEach()).measure(options.history(), report);
            }
        }
        growth();
        new FleetParts(options, root, work, logs).measure(report);
    }

    private void growth() throws Exception {
        if (options.has(Part.SHOPS)) {
            try (Node node = Node.start(root, work.resolve("shops"))) {
                new ManyShops(node, logs, size.runsOfEach()).measure(size.shops(), report);
            }
        }
        if (options.has(Part.PARTITIONS)) {
            EncodedRun run = EncodedRun.ofSample(SampleProfile.Flavour.WINPEP, SHORT_ROWS);
            new ManyPartitions(work, run, size.transportWarmUp(), size.rounds(), size.runsOfEach())
                    .measure(size.partitions(), report);
        }
        if (options.has(Part.ADMIT)) {
            new AdmitWays(work.resolve("admit"), size).measure(report);
        }
    }

    private void catalogue() throws IOException {
        catalogue("SQLite", new CatalogueAddress.File(work.resolve("catalogue.db")));
        if (options.postgres().isEmpty()) {
            report.add("PostgreSQL", "skipped: no --postgres");
        } else {
            catalogue("PostgreSQL", CatalogueAddress.ofUrl(options.postgres()));
        }
    }

    private void catalogue(String name, CatalogueAddress address) throws IOException {
        int[] sizes = options.history().stream().mapToInt(Integer::intValue).toArray();
        CatalogueHistory history = CatalogueHistory.measure(name, address, sizes);
        report.add(name + ", runs", "%s", options.history());
        history.figures().forEach((what, values) -> report.add(what, "%s", values));
        history.targets().forEach(report::add);
    }

    private void codec() throws Exception {
        for (SampleProfile.Flavour flavour : SampleProfile.Flavour.values()) {
            EncodedRun run = EncodedRun.ofSample(flavour, size.rows());
            CodecBench codec = new CodecBench(run);
            double bytes = codec.lz4BytesPerRow();
            report.add(
                    flavour + ", bytes a row in the log; on the run log uncompressed, and with lz4",
                    "%.1f; %.1f, %.1f",
                    (double) run.logBytes() / run.rows(),
                    codec.rawBytesPerRow(),
                    bytes);
            report.add(
                    flavour + ", one core, M rows/s: encode; decode; decode and fold",
                    "%.1f; %.1f; %.1f",
                    codec.encodeRate() / 1e6,
                    codec.decodeRate() / 1e6,
                    codec.foldRate() / 1e6);
            report.add(Target.atMost("bytes a row on the run log, " + flavour, bytes, 16, "B"));
        }
    }

    private void transport() throws Exception {
        EncodedRun run = EncodedRun.ofSample(SampleProfile.Flavour.WINPEP, size.rows());
        try (Transport transport = Transport.start(work.resolve("transport"))) {
            Transport.Rates rates =
                    transport.measure(run, size.transportWarmUp(), size.rounds(), size.transportRuns(), size.rowRuns());
            report.add(
                    "blocks from memory to grids, exactly once, M rows/s",
                    "%.2f",
                    rates.stream().rows() / 1e6);
            report.add(
                    "raw produce plus consume of the same bytes, M rows/s",
                    "%.2f",
                    rates.raw().rows() / 1e6);
            report.add(
                    "baseline, an Avro record a row, windowed DSL, M rows/s",
                    "%.3f",
                    rates.rows().rows() / 1e6);
            report.add(
                    "processor ns a row: blocks to grids; raw; baseline",
                    "%.0f; %.0f; %.0f",
                    rates.stream().cpuNanos(),
                    rates.raw().cpuNanos(),
                    rates.rows().cpuNanos());
            report.add(Target.atLeast(
                    "transport and folding over raw produce plus consume",
                    rates.stream().rows() / rates.raw().rows(),
                    0.5,
                    "×"));
            report.add(Target.atLeast(
                    "transport and folding over the baseline",
                    rates.stream().rows() / rates.rows().rows(),
                    18,
                    "×"));
        }
    }

    private void nodes() throws IOException, InterruptedException {
        try (Node node = Node.start(root, work.resolve("node"))) {
            double ready = node.awaitReady();
            report.add("up, ready for the first time after s", "%.2f", ready);
            FileToFolder files = new FileToFolder(root, work, logs, node);
            report.add(
                    "files to run folders, the first " + size.warmUp() + " after its start, M rows/s",
                    "%.2f",
                    files.wave(size.warmUp(), size.rows()) / 1e6);
            if (options.has(Part.FILES)) {
                files(node, files);
                report.add(Target.atMost("up ready", ready, 4, "s"));
            }
            if (options.has(Part.LATENCY)) {
                latency(node);
            }
            if (options.has(Part.RUNS)) {
                runs(node);
            }
            if (options.has(Part.LONG)) {
                longLog(node);
            }
            double peak = node.peakMebibytes();
            report.add(Target.atMost("resident memory of the node, all of this", peak, 1024, "MiB"));
        }
    }

    private void files(Node node, FileToFolder files) throws IOException, InterruptedException {
        FileToFolder.Rates rates = files.inTurn(size.rounds(), size.logs(), size.rows());
        double pipeline = rates.pipeline();
        double batch = rates.batch();
        report.add("files to run folders, M rows/s", "%.2f", pipeline / 1e6);
        report.add("files to run folders, processor ms a log", "%.0f", rates.cpuMillisPerLog());
        report.add("dynoai batch on the same files, M rows/s", "%.2f", batch / 1e6);
        report.add(Target.atLeast("file to run folder over batch", pipeline / batch, 0.5, "×"));
        report.add(Target.atLeast("file to run folder", pipeline / 1e6, 2, "M rows/s"));
        double rows = (double) size.rows() * (size.warmUp() + size.rounds() * size.logs());
        report.add(
                "on the node's disk, bytes a row: log store; run log; stores' topics; stores",
                "%.1f; %.1f; %.1f; %.1f",
                node.bytes("data/store", "") / rows,
                node.bytes("data/kafka", "dynoai.run-log") / rows,
                node.bytes("data/kafka", "dynoai-analyzer") / rows,
                node.bytes("data/state", "") / rows);
    }

    private void latency(Node node) throws IOException, InterruptedException {
        latency(node, "a log's last byte", DropLatency.Arrival.WRITTEN, SETTLE_SECONDS + 0.5);
        latency(node, "the renaming of a log", DropLatency.Arrival.RENAMED, 1);
        latency(node, "the .done file of a log", DropLatency.Arrival.MARKED, 1);
    }

    private void latency(Node node, String from, DropLatency.Arrival arrival, double required)
            throws IOException, InterruptedException {
        List<Path> some = logs.make(size.drops(), size.rows());
        double[] seconds = DropLatency.seconds(node, some, arrival, DROP_EVERY_MILLIS);
        double p95 = DropLatency.quantile(seconds, 0.95);
        report.add(
                "from " + from + " to its corrections on the page, s: median; 95 %; longest",
                "%.2f; %.2f; %.2f",
                DropLatency.quantile(seconds, 0.5),
                p95,
                seconds[seconds.length - 1]);
        report.add(Target.atMost(
                "from " + from + " to its corrections on the page, 95 % of " + some.size(), p95, required, "s"));
    }

    private void runs(Node node) throws IOException, InterruptedException {
        double[] millis = RunCost.millisPerRun(node, logs.make(options.shortRuns(), SHORT_ROWS), PARTS_OF_RUNS);
        double first = millis[1];
        double last = millis[millis.length - 1];
        report.add(
                options.shortRuns() + " runs of " + SHORT_ROWS + " rows, processor ms a run: second tenth; last tenth",
                "%.1f; %.1f",
                first,
                last);
        report.add(Target.atMost("cost of a run, last tenth over second tenth", last / first, 1.25, "×"));
    }

    private void longLog(Node node) throws IOException, InterruptedException {
        int mark = node.mark();
        long started = System.nanoTime();
        node.drop(logs.make(1, LONG_ROWS));
        String run = node.awaitRuns(mark, 1).get(0).text();
        if (!run.contains(", " + LONG_ROWS + " rows, ")) {
            throw new IllegalStateException("the long log did not come through whole: " + run);
        }
        report.add(
                "a log of 20,000,000 rows, made and carried to its run folder, s",
                "%.0f",
                (System.nanoTime() - started) / 1e9);
    }
}
