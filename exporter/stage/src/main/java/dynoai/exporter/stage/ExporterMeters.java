package dynoai.exporter.stage;

import dynoai.schemas.meter.ShopTag;
import dynoai.schemas.record.RunResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The exporter's meters, labelled with the shop and whether the run succeeded. */
public final class ExporterMeters implements ExporterEvents {
    private static final String OUTCOME = "outcome";

    private final MeterRegistry registry;
    private final AtomicInteger paused = new AtomicInteger();
    private final Counter failed;
    private final Counter reused;
    private final Counter skipped;
    private final Counter retries;
    private final Counter warnings;
    private final Timer kernels;
    private final Timer export;
    private final Timer transaction;
    private final Timer dropToGrids;

    public ExporterMeters(MeterRegistry registry) {
        this.registry = registry;
        this.failed = counter("dynoai.exporter.runs.failed", "Failed runs");
        this.reused =
                counter("dynoai.exporter.run.folders.reused", "Run folders that an earlier attempt had published");
        this.skipped = counter("dynoai.exporter.records.skipped", "Skipped records: they belong to no run");
        this.retries = counter("dynoai.exporter.retries", "Retries after a failure");
        this.warnings = counter("dynoai.exporter.warnings", "Problems that are reported and not retried");
        this.kernels = timer("dynoai.exporter.run.kernels", "Time for the kernels and diagnostics of a run");
        this.export = timer("dynoai.exporter.run.export", "Time to write the files of a run and publish its folder");
        this.transaction = timer("dynoai.exporter.transaction", "Time to commit the results of a batch");
        this.dropToGrids = Timer.builder("dynoai.exporter.drop.to.grids")
                .description("Time from the claim of a log to its published run folder")
                .serviceLevelObjectives(
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(300))
                .register(registry);
        Gauge.builder("dynoai.exporter.writing.paused", paused, AtomicInteger::get)
                .description("1 while exporting is paused")
                .register(registry);
    }

    @Override
    public void folderWritten(String runId, long kernelNanos, long exportNanos) {
        kernels.record(kernelNanos, TimeUnit.NANOSECONDS);
        export.record(exportNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void transactionCommitted(int results, long nanos) {
        transaction.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void runPublished(RunResult result) {
        String shop = result.key().shop();
        String outcome = result.ok() ? "ok" : "failed";
        Counter.builder("dynoai.exporter.runs.published")
                .description("Run results published")
                .tag(ShopTag.KEY, shop)
                .tag(OUTCOME, outcome)
                .register(registry)
                .increment();
        Counter.builder("dynoai.exporter.rows.published")
                .description("Rows of the logs whose run results were published")
                .tag(ShopTag.KEY, shop)
                .tag(OUTCOME, outcome)
                .register(registry)
                .increment((double) result.rowsRead());
        if (!result.ok()) {
            failed.increment();
        } else if (result.ingestedAtMillis() > 0) {
            long elapsed = result.completedAtMillis() - result.ingestedAtMillis();
            dropToGrids.record(Math.max(0, elapsed), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void runFolderReused(String runId) {
        reused.increment();
    }

    @Override
    public void recordSkipped(int partition, long offset, String why) {
        skipped.increment();
    }

    @Override
    public void paused(String why) {
        paused.set(why.isEmpty() ? 0 : 1);
    }

    @Override
    public void transientFailure(String where, Exception cause) {
        retries.increment();
    }

    @Override
    public void warning(String where, String message) {
        warnings.increment();
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(10),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10))
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
