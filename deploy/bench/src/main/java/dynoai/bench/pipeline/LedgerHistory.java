package dynoai.bench.pipeline;

import dynoai.bench.Target;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Measures an ingest whose ledger has more and more entries of earlier runs, which were made up. */
final class LedgerHistory {
    private static final int ROWS = 500;
    private static final int SHOPS = 1_000;
    private static final double MAX_GROWTH = 1.25;
    private static final double MAX_MEBIBYTES = 1_024;

    private final StageProcesses stages;
    private final DistinctLogs logs;
    private final int runs;
    private int written;

    /**
     * Figures with a number of entries.
     *
     * @param runMillis CPU time of the ingest for a run
     * @param duplicateMillis CPU time of the ingest for a log of which it finds the earlier run
     */
    private record Figures(
            double readSeconds, double openSeconds, double runMillis, double duplicateMillis, double mebibytes) {}

    /** @param runs measured with each number of entries */
    LedgerHistory(StageProcesses stages, DistinctLogs logs, int runs) {
        this.stages = stages;
        this.logs = logs;
        this.runs = runs;
    }

    void measure(List<Integer> sizes, PipelineReport report) throws IOException, InterruptedException {
        List<Figures> all = new ArrayList<>();
        for (int size : sizes) {
            all.add(measure(size));
        }
        report.add("ledger, entries", "%s", sizes);
        report.add(
                "ledger, start that reads the topic, s",
                all.stream().map(Figures::readSeconds).toList());
        report.add(
                "ledger, start that opens the cache, s",
                all.stream().map(Figures::openSeconds).toList());
        report.add(
                "ledger, processor ms a run of " + ROWS + " rows",
                all.stream().map(Figures::runMillis).toList());
        report.add(
                "ledger, processor ms a duplicate",
                all.stream().map(Figures::duplicateMillis).toList());
        report.add(
                "ledger, resident memory at its peak, MiB",
                all.stream().map(Figures::mebibytes).toList());
        Figures first = all.get(0);
        Figures last = all.get(all.size() - 1);
        String growth = " with " + sizes.get(sizes.size() - 1) + " entries over " + sizes.get(0);
        report.add(Target.atMost(
                "ledger, start that opens the cache" + growth, last.openSeconds / first.openSeconds, MAX_GROWTH, "×"));
        report.add(Target.atMost("ledger, cost of a run" + growth, last.runMillis / first.runMillis, MAX_GROWTH, "×"));
        report.add(Target.atMost(
                "ledger, cost of a duplicate" + growth, last.duplicateMillis / first.duplicateMillis, MAX_GROWTH, "×"));
        report.add(Target.atMost("ledger, resident memory of the ingest", last.mebibytes, MAX_MEBIBYTES, "MiB"));
    }

    private Figures measure(int entries) throws IOException, InterruptedException {
        stages.stop("ingest");
        fill(entries);
        DiskUse.delete(stages.folder("data-ingest/ledger"));
        double read = stages.start("ingest");
        double peak = stages.running("ingest").peakMebibytes();
        stages.stop("ingest");
        double opened = stages.start("ingest");
        cpuMillis(logs.make(runs, ROWS)); // Warms up.
        List<Path> some = logs.make(runs, ROWS);
        double run = cpuMillis(some);
        double duplicate = cpuMillis(some);
        return new Figures(
                read,
                opened,
                run,
                duplicate,
                Math.max(peak, stages.running("ingest").peakMebibytes()));
    }

    /** Returns the CPU time of the ingest for each of some logs. */
    private double cpuMillis(List<Path> some) throws IOException, InterruptedException {
        double before = stages.running("ingest").cpuSeconds();
        stages.awaitDone(stages.drop("shop", some));
        return (stages.running("ingest").cpuSeconds() - before) * 1000 / some.size();
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void fill(int entries) {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Map<String, Object> settings = new HashMap<>(stages.client());
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (; written < entries; written++) {
                LedgerEntry entry = entry(written);
                producer.send(
                        new ProducerRecord<>(
                                Topics.INGEST_LEDGER.in(Namespace.DEFAULT),
                                entry.key(),
                                Topics.INGEST_LEDGER.format().encode(entry)),
                        (position, e) -> {
                            if (e != null) {
                                failure.set(e);
                            }
                        });
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
    }

    private static LedgerEntry entry(int number) {
        String sha256 = Sha256.hex(("log " + number).getBytes(StandardCharsets.UTF_8));
        String shop = "shop-" + number % SHOPS;
        return new LedgerEntry.Run(
                Sha256.hex((shop + sha256).getBytes(StandardCharsets.UTF_8)),
                shop,
                sha256,
                Map.of(),
                Map.of(),
                "2026-03-01-" + Integer.toHexString(number),
                1,
                "pull-" + number + ".csv",
                1_700_000_000_000L + number);
    }
}
