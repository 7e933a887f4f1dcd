package dynoai.analyzer.stream;

import dynoai.schemas.record.RunFailure;
import dynoai.schemas.record.RunKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The analyzer's meters, fed by its events. The only label is the code of a failure. */
public final class Meters implements AnalyzerEvents {
    private static final String CODE = "code";
    private static final int MOST_REMEMBERED = 10_000;

    private final MeterRegistry registry;
    private final Map<RunKey, Long> open = new ConcurrentHashMap<>();
    private final AtomicInteger ready = new AtomicInteger();
    private final Counter started;
    private final Counter completed;
    private final Counter blocks;
    private final Counter rows;
    private final Counter repeated;
    private final Timer fold;

    public Meters(MeterRegistry registry) {
        this.registry = registry;
        this.started = counter("dynoai.analyzer.runs.started", "Attempts at runs that began");
        this.completed = counter("dynoai.analyzer.runs.completed", "Runs whose grids are made");
        this.blocks = counter("dynoai.analyzer.blocks.folded", "Blocks of rows folded");
        this.rows = counter("dynoai.analyzer.rows.folded", "Rows folded");
        this.repeated = counter("dynoai.analyzer.records.repeated", "Records that came again and were left out");
        this.fold = Timer.builder("dynoai.analyzer.run.fold")
                .description("From a run's first record to its grids")
                .serviceLevelObjectives(
                        Duration.ofMillis(50),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30))
                .register(registry);
        Gauge.builder("dynoai.analyzer.runs.open", open, Map::size)
                .description("Runs that began and have no grids yet")
                .register(registry);
        Gauge.builder("dynoai.analyzer.ready", ready, AtomicInteger::get)
                .description("1 while records are worked on")
                .register(registry);
    }

    @Override
    public void runStarted(RunKey run, int attempt) {
        started.increment();
        if (open.size() < MOST_REMEMBERED) {
            open.put(run, System.nanoTime());
        }
    }

    @Override
    public void rowsFolded(int count) {
        blocks.increment();
        rows.increment(count);
    }

    @Override
    public void recordRepeated(RunKey run) {
        repeated.increment();
    }

    @Override
    public void runCompleted(RunKey run, int attempt, long rowsOfRun) {
        completed.increment();
        @Nullable Long since = open.remove(run);
        if (since != null) {
            fold.record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void runFailed(RunKey run, int attempt, RunFailure code, String message) {
        open.remove(run);
        Counter.builder("dynoai.analyzer.runs.failed")
                .description("Runs that cannot be completed, by code")
                .tag(CODE, code.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    @Override
    public void readinessChanged(String whyNot) {
        ready.set(whyNot.isEmpty() ? 1 : 0);
        if (!whyNot.isEmpty()) {
            // Partitions may be elsewhere by the time it is ready again: their runs are not ours to wait for.
            open.clear();
        }
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
