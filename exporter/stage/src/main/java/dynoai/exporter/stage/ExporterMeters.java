package dynoai.exporter.stage;

import dynoai.schemas.meter.ShopSeries;
import dynoai.schemas.record.RunResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The exporter's meters, fed by its events. Labels are the shop and whether a run succeeded. */
public final class ExporterMeters implements ExporterEvents {
    private static final String OUTCOME = "outcome";

    private final MeterRegistry registry;
    private final ShopSeries shops;
    private final AtomicInteger paused = new AtomicInteger();
    private final Counter failed;
    private final Counter foundAgain;
    private final Counter passedOver;
    private final Counter troubles;
    private final Timer kernels;
    private final Timer export;
    private final Timer transaction;
    private final Timer dropToGrids;

    public ExporterMeters(MeterRegistry registry) {
        this.registry = registry;
        this.shops = new ShopSeries(registry, "dynoai.exporter.");
        this.failed = counter("dynoai.exporter.runs.failed", "Runs that ended without grids");
        this.foundAgain = counter("dynoai.exporter.folders.found", "Run folders that were there already, and whole");
        this.passedOver = counter("dynoai.exporter.records.skipped", "Records that belong to no run");
        this.troubles = counter("dynoai.exporter.troubles.met", "Failures, each tried again");
        this.kernels = timer("dynoai.exporter.run.kernels", "Kernels and diagnostics of a run");
        this.export = timer("dynoai.exporter.run.export", "Files of a run, until their folder has its name");
        this.transaction = timer("dynoai.exporter.transaction", "The transaction with a batch of results");
        this.dropToGrids = Timer.builder("dynoai.exporter.drop.to.grids")
                .description("From the claim of a log to its published run folder")
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
                .description("1 while no run is written")
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
        String shop = shops.label(result.key().shop(), result.rowsRead());
        String outcome = result.ok() ? "ok" : "failed";
        Counter.builder("dynoai.exporter.runs.published")
                .description("Results of runs published")
                .tag(ShopSeries.SHOP, shop)
                .tag(OUTCOME, outcome)
                .register(registry)
                .increment();
        Counter.builder("dynoai.exporter.rows.published")
                .description("Rows of the logs whose results were published")
                .tag(ShopSeries.SHOP, shop)
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
    public void runFoundAgain(String runId) {
        foundAgain.increment();
    }

    @Override
    public void recordPassedOver(int partition, long offset, String why) {
        passedOver.increment();
    }

    @Override
    public void paused(String why) {
        paused.set(why.isEmpty() ? 0 : 1);
    }

    @Override
    public void troubled(String where, Exception cause) {
        troubles.increment();
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
