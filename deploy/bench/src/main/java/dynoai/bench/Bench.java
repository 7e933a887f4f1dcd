package dynoai.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The benchmark: measures, prints one table, writes it as Markdown and JSON. Run it by {@code deploy/bench/run}. */
final class Bench {
    private static final long SHOP_LOG_ROWS = 60_000;
    private static final long LONG_LOG_ROWS = 2_000_000;

    private final BenchOptions options;
    private final SampleFiles samples;
    private final CommandBench commands;
    private final BenchReport report = new BenchReport(Machine.describe());

    private Bench(BenchOptions options, Path root, Path work) {
        this.options = options;
        samples = new SampleFiles(work);
        commands = new CommandBench(root, work);
    }

    public static void main(String[] args) throws Exception {
        BenchOptions options;
        try {
            options = BenchOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(BenchOptions.USAGE);
            System.exit(2);
            return;
        }
        Path root = Path.of("").toAbsolutePath();
        Path work = Files.createDirectories(root.resolve("deploy/bench/target/bench"));
        Bench bench = new Bench(options, root, work);
        bench.measure();
        Files.writeString(work.resolve("bench.md"), bench.report.toMarkdown());
        Files.writeString(work.resolve("bench.json"), bench.report.toJson());
        System.out.print(bench.report.toMarkdown());
        boolean missed = bench.report.targets().stream().anyMatch(Target::isMissedBeyondNoise);
        System.exit(options.check() && missed ? 1 : 0);
    }

    private void measure() throws Exception {
        for (long rows : options.rows()) {
            fold(rows);
        }
        foldPromises();
        if (options.processes()) {
            processes();
        }
    }

    private void fold(long rows) throws Exception {
        progress("folding " + rows + " rows");
        Path log = samples.ofRows(rows);
        List<Contender> contenders = List.of(
                new EngineFold(1),
                new EngineFold(2),
                new DuckDbFold(1),
                new DuckDbFold(2),
                new FastCsvFold(),
                Baseline.sha256(),
                Baseline.newlines());
        report.addGroup(new Alternation(contenders).measure(log, rows), Files.size(log));
        for (Contender contender : contenders) {
            contender.close();
        }
    }

    private void foldPromises() throws Exception {
        for (long rows : new long[] {SHOP_LOG_ROWS, LONG_LOG_ROWS}) {
            if (!options.rows().contains(rows)) {
                continue;
            }
            for (int threads = 1; threads <= 2; threads++) {
                String ours = Alternation.label(new EngineFold(threads));
                String theirs = ours.replace("DynoAI", "DuckDB");
                report.add(Target.atLeast(
                        "speed over DuckDB, " + rows + " rows, " + threads + (threads == 1 ? " thread" : " threads"),
                        report.median(theirs, rows) / report.median(ours, rows),
                        rows == LONG_LOG_ROWS ? 4 : 3.5,
                        "×"));
            }
        }
        if (options.rows().containsAll(List.of(200_000L, LONG_LOG_ROWS))) {
            report.add(Target.atMost(
                    "cost of a row at 2,000,000 rows over that at 200,000",
                    report.median("DynoAI", LONG_LOG_ROWS) / report.median("DynoAI", 200_000) / 10,
                    1.25,
                    "×"));
        }
    }

    private void processes() throws IOException, InterruptedException {
        Path shopLog = samples.ofRows(SHOP_LOG_ROWS);
        Path longLog = samples.ofRows(LONG_LOG_ROWS);
        progress("whole commands on " + SHOP_LOG_ROWS + " rows");
        List<Measured> small = commands.small(shopLog, SHOP_LOG_ROWS);
        report.addGroup(small, Files.size(shopLog));
        report.add(Target.atMost("analyze, 60,000 rows", small.get(0).median(), 400, "ms"));
        report.add(Target.atMost(
                "analyze, 60,000 rows, over a JVM that hashes, copies and fsyncs",
                small.get(0).median() / small.get(1).median(),
                3,
                "×"));
        progress("whole commands on " + LONG_LOG_ROWS + " rows");
        List<Measured> large = commands.large(longLog, LONG_LOG_ROWS);
        report.addGroup(large, Files.size(longLog));
        report.add(Target.atMost(
                "analyze, 2,000,000 rows, over sha256sum and dd conv=fsync",
                large.get(0).median() / large.get(1).median(),
                2.5,
                "×"));
        progress("cold processes on " + LONG_LOG_ROWS + " rows");
        report.addGroup(commands.cold(longLog, LONG_LOG_ROWS), Files.size(longLog));
        long longest = options.rows().stream().mapToLong(Long::longValue).max().orElse(LONG_LOG_ROWS);
        report.add(Target.atMost(
                "resident memory of analyze on " + longest + " rows",
                commands.analyzePeakMebibytes(samples.ofRows(longest)),
                400,
                "MiB"));
    }

    private static void progress(String what) {
        System.err.println("bench: " + what);
    }
}
