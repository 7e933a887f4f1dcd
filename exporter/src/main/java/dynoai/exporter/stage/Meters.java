package dynoai.exporter.stage;

import dynoai.schemas.ShopLabels;
import dynoai.schemas.record.RunResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The exporter's meters, fed by its events. Labels are the shop and whether a run succeeded. */
public final class Meters implements ExporterEvents {
    private static final String SHOP = "shop";
    private static final String OUTCOME = "outcome";

    private final MeterRegistry registry;
    private final ShopLabels shops = new ShopLabels();
    private final AtomicInteger paused = new AtomicInteger();
    private final Counter failed;
    private final Counter foundAgain;
    private final Counter passedOver;
    private final Counter troubles;
    private final Timer dropToGrids;

    public Meters(MeterRegistry registry) {
        this.registry = registry;
        this.failed = counter("dynoai.exporter.runs.failed", "Runs that ended without grids");
        this.foundAgain = counter("dynoai.exporter.folders.found", "Run folders that were there already, and whole");
        this.passedOver = counter("dynoai.exporter.records.skipped", "Records that belong to no run");
        this.troubles = counter("dynoai.exporter.troubles.met", "Failures, each tried again");
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
    public void runPublished(RunResult result) {
        String shop = shops.of(result.key().shop());
        Counter.builder("dynoai.exporter.runs.published")
                .description("Results of runs published")
                .tag(SHOP, shop)
                .tag(OUTCOME, result.ok() ? "ok" : "failed")
                .register(registry)
                .increment();
        Counter.builder("dynoai.exporter.rows.published")
                .description("Rows of the logs whose results were published")
                .tag(SHOP, shop)
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

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
