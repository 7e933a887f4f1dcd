package dynoai.analyzer.stream;

import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.FailureCode;
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

/** The analyzer's meters. The only tag is the code of a failure. */
public final class AnalyzerMeters implements AnalyzerEvents {
    private static final String CODE = "code";
    private static final int MAX_OPEN_RUNS = 10_000;

    private final MeterRegistry registry;
    private final Map<RunKey, Open> open = new ConcurrentHashMap<>();
    private final AtomicInteger ready = new AtomicInteger();
    private final Counter started;
    private final Counter completed;
    private final Counter blocks;
    private final Counter rows;
    private final Counter repeated;
    private final Timer fold;
    private final Timer foldBlock;

    /** A run without grids; {@code sinceNanos} is 0 if it began in another process. */
    private record Open(int partition, long sinceNanos, int windows) {}

    public AnalyzerMeters(MeterRegistry registry) {
        this.registry = registry;
        this.started = counter("dynoai.analyzer.runs.started", "Attempts at runs started");
        this.completed = counter("dynoai.analyzer.runs.completed", "Runs completed with grids");
        this.blocks = counter("dynoai.analyzer.blocks.folded", "Row blocks folded");
        this.rows = counter("dynoai.analyzer.rows.folded", "Rows folded");
        this.repeated = counter("dynoai.analyzer.records.repeated", "Repeated records left out");
        this.fold = Timer.builder("dynoai.analyzer.run.fold")
                .description("Time from a run's first record to its grids")
                .serviceLevelObjectives(
                        Duration.ofMillis(50),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30))
                .register(registry);
        this.foldBlock = Timer.builder("dynoai.analyzer.block.fold")
                .description("Time to fold one row block")
                .serviceLevelObjectives(
                        Duration.ofNanos(100_000), Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(100))
                .register(registry);
        Gauge.builder("dynoai.analyzer.windows.open", open, AnalyzerMeters::windows)
                .description("Timeline windows of open runs")
                .register(registry);
        Gauge.builder("dynoai.analyzer.runs.open", open, Map::size)
                .description("Runs started and not yet completed or failed")
                .register(registry);
        Gauge.builder("dynoai.analyzer.ready", ready, AtomicInteger::get)
                .description("1 while the stage is ready")
                .register(registry);
    }

    @Override
    public void runStarted(RunKey run, int attempt, int partition) {
        started.increment();
        if (open.size() < MAX_OPEN_RUNS) {
            open.put(run, new Open(partition, System.nanoTime(), 0));
        }
    }

    @Override
    public void blockFolded(FoldedBlock block) {
        blocks.increment();
        rows.increment(block.rows());
        foldBlock.record(block.nanos(), TimeUnit.NANOSECONDS);
        @Nullable Open known = open.get(block.run());
        if (known == null && open.size() >= MAX_OPEN_RUNS) {
            return;
        }
        if (known == null || known.windows() != block.windows()) {
            open.put(block.run(), new Open(block.partition(), known == null ? 0 : known.sinceNanos(), block.windows()));
        }
    }

    @Override
    public void runAbandoned(RunKey run) {
        open.remove(run);
    }

    @Override
    public void partitionClosed(int partition) {
        open.values().removeIf(run -> run.partition() == partition);
    }

    @Override
    public void recordRepeated(RunKey run) {
        repeated.increment();
    }

    @Override
    public void runCompleted(RunKey run, int attempt, long rowsOfRun) {
        completed.increment();
        @Nullable Open known = open.remove(run);
        if (known != null && known.sinceNanos() != 0) {
            fold.record(System.nanoTime() - known.sinceNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void runFailed(RunKey run, int attempt, FailureCode code, String message) {
        open.remove(run);
        Counter.builder("dynoai.analyzer.runs.failed")
                .description("Runs failed, by failure code")
                .tag(CODE, code.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    @Override
    public void readinessChanged(String whyNot) {
        ready.set(whyNot.isEmpty() ? 1 : 0);
    }

    private static double windows(Map<RunKey, Open> open) {
        return open.values().stream().mapToInt(Open::windows).sum();
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
