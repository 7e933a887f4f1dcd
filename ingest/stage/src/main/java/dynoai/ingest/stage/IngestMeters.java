package dynoai.ingest.stage;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.FileState;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.schemas.meter.ShopTag;
import dynoai.schemas.record.RunKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The meters of the ingest, fed by its events. Labels are the shop, how a log was archived and the failure code; never a run
 * or a file name.
 */
public final class IngestMeters implements IngestEvents {
    private static final String OUTCOME = "outcome";
    private static final String CODE = "code";
    private static final int MAX_TRACKED = 10_000;

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<String, Long> settling = new ConcurrentHashMap<>();
    private final Map<String, Long> started = new ConcurrentHashMap<>();
    private final Map<String, Claimed> claimed = new ConcurrentHashMap<>();
    private final AtomicInteger paused = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Counter resent;
    private final Counter recovered;
    private final Counter retries;
    private final Counter warnings;
    private final Timer settle;
    private final Timer read;
    private final Timer transaction;
    private final Timer send;
    private final Timer scan;

    private record Claimed(long atMillis, long bytes) {}

    public IngestMeters(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        this.resent = counter("dynoai.ingest.runs.resent", "Runs resent because Kafka lost their records");
        this.recovered =
                counter("dynoai.ingest.claims.recovered", "Claims of another process found in the work folder");
        this.retries = counter("dynoai.ingest.retries", "Retries after a transient failure");
        this.warnings = counter("dynoai.ingest.warnings", "Problems that are reported and not retried");
        this.settle = timer("dynoai.ingest.file.settle", "From first sight of a log to its claim");
        this.read = timer("dynoai.ingest.file.read", "Reading, hashing and decoding a log");
        this.transaction = timer("dynoai.ingest.transaction", "Transaction with a whole run");
        this.send = timer("dynoai.ingest.file.send", "From the claim of a log to its committed transaction");
        this.scan = timer("dynoai.ingest.scan", "One scan of the drop folder");
        gauge("dynoai.ingest.runs.inflight", "Claimed logs that are not archived", claimed::size);
        gauge(
                "dynoai.ingest.oldest.claim.age.seconds",
                "Age of the oldest claimed log that is not archived; 0 without one",
                this::oldestClaimSeconds);
        gauge("dynoai.ingest.claiming.paused", "1 while claiming is paused because a disk is nearly full", paused::get);
        gauge("dynoai.ingest.logs.found", "Unclaimed logs in the drop folder at the last scan", waiting::get);
    }

    @Override
    public void fileChanged(Path file, FileState state) {
        String path = file.toString();
        String shop = file.getNameCount() > 1 ? file.getName(0).toString() : RunKey.LOCAL_SHOP;
        if (state instanceof FileState.Settling) {
            track(settling, path, System.nanoTime());
        } else if (state instanceof FileState.Claimed) {
            @Nullable Long since = settling.remove(path);
            if (since != null) {
                settle.record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
            }
        } else if (state instanceof FileState.Done done) {
            archived(shop, "done", done.runId());
        } else if (state instanceof FileState.Rejected rejected) {
            archived(shop, "rejected", rejected.runId());
            Counter.builder("dynoai.ingest.logs.rejected")
                    .description("Rejected logs, by failure code")
                    .tag(CODE, rejected.code())
                    .register(registry)
                    .increment();
        } else if (state instanceof FileState.Duplicate duplicate) {
            archived(shop, "duplicate", duplicate.runId());
        } else if (state instanceof FileState.LeftAlone) {
            settling.remove(path);
        }
    }

    @Override
    public void fileVanished(Path file) {
        settling.remove(file.toString());
    }

    @Override
    public void fileStarted(Claim claim) {
        track(started, claim.runId(), System.nanoTime());
        track(claimed, claim.runId(), claimed(claim));
    }

    @Override
    public void logRead(Claim claim, long nanos) {
        read.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void transactionCommitted(Claim claim, long nanos) {
        transaction.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void fileCommitted(Claim claim) {
        @Nullable Long since = started.remove(claim.runId());
        if (since != null) {
            send.record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void runResent(Claim claim) {
        resent.increment();
    }

    @Override
    public void claimRecovered(Claim claim) {
        recovered.increment();
        track(claimed, claim.runId(), claimed(claim));
    }

    @Override
    public void scanned(int logs, long nanos) {
        scan.record(nanos, TimeUnit.NANOSECONDS);
        waiting.set(logs);
    }

    @Override
    public void claimingPaused(String why) {
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

    private void archived(String shop, String outcome, String runId) {
        started.remove(runId);
        @Nullable Claimed claim = claimed.remove(runId);
        long bytes = claim == null ? 0 : claim.bytes();
        Counter.builder("dynoai.ingest.files.ended")
                .description("Archived logs")
                .tag(ShopTag.KEY, shop)
                .tag(OUTCOME, outcome)
                .register(registry)
                .increment();
        Counter.builder("dynoai.ingest.bytes.ended")
                .description("Bytes of archived logs")
                .tag(ShopTag.KEY, shop)
                .tag(OUTCOME, outcome)
                .register(registry)
                .increment((double) bytes);
    }

    private static Claimed claimed(Claim claim) {
        return new Claimed(claim.claimedAt().toEpochMilli(), claim.size());
    }

    private double oldestClaimSeconds() {
        long now = clock.millis();
        long oldest =
                claimed.values().stream().mapToLong(Claimed::atMillis).min().orElse(now);
        return Math.max(0, now - oldest) / 1000.0;
    }

    private static <T> void track(Map<String, T> map, String key, T value) {
        if (map.size() < MAX_TRACKED) {
            map.putIfAbsent(key, value);
        }
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(120))
                .register(registry);
    }
}
