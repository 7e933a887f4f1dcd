package dynoai.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import dynoai.app.node.BatchReference;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A shop that drops its logs while others attack. */
final class HealthyShop {
    static final String NAME = "good";

    private static final Duration MAX_WAIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int ROWS = 1500;

    private final Surroundings folders;
    private final Path originals;
    private final BatchReference batch;
    private final Set<Path> compared = new HashSet<>();
    private final Map<String, Path> logs = new HashMap<>();

    /** @param own a folder outside the surroundings */
    HealthyShop(Surroundings folders, Path own) throws IOException {
        this.folders = folders;
        this.originals = Files.createDirectories(own.resolve("originals"));
        this.batch = new BatchReference(own.resolve("batch"));
    }

    /** Drops a log, waits for its run folder, and returns how long that took. */
    Duration logDone(CommandProcess node) throws Exception {
        int number = logs.size();
        byte[] bytes = SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, number), ROWS + number);
        String name = "pull-" + number + ".csv";
        logs.put(Sha256.hex(bytes), Files.write(originals.resolve(name), bytes));
        Path shop = Files.createDirectories(folders.drop().resolve(NAME));
        Path part = Files.write(shop.resolve(name + ".part"), bytes);
        int before = runs().size();
        long dropped = System.nanoTime();
        Files.move(part, shop.resolve(name));
        await().atMost(MAX_WAIT).pollDelay(Duration.ZERO).pollInterval(POLL).until(() -> {
            assertThat(node.isAlive()).as(node.said()).isTrue();
            return runs().size() > before;
        });
        return Duration.ofNanos(System.nanoTime() - dropped);
    }

    /** Returns the run folders, without those being written. */
    List<Path> runs() throws IOException {
        Path folder = folders.runs().resolve(NAME);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> runs = Files.list(folder)) {
            return runs.filter(run -> !run.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    /** Waits until every log is archived as done. */
    void awaitArchived() {
        await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(archived()).isEqualTo(logs.size()));
    }

    private long archived() throws IOException {
        Set<String> ids = new HashSet<>();
        for (Path run : runs()) {
            ids.add(run.getFileName().toString());
        }
        return folders.archived().stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".csv") && ids.stream().anyMatch(name::startsWith))
                .count();
    }

    /** Every log has exactly one run. Runs that were not compared before equal the batch engine's. */
    void assertNewRunsEqualBatch() throws Exception {
        for (Path run : runs()) {
            if (!compared.contains(run)) {
                assertEqualsBatch(run);
            }
        }
        assertThat(compared).hasSameSizeAs(logs.keySet());
    }

    /** All runs still equal the batch engine's. */
    void assertAllRunsEqualBatch() throws Exception {
        for (Path run : runs()) {
            assertEqualsBatch(run);
        }
        assertThat(runs()).hasSameSizeAs(logs.keySet());
    }

    private void assertEqualsBatch(Path run) throws Exception {
        String input = Sha256.hex(run.resolve("data.csv"));
        assertThat(logs).as(run.toString()).containsKey(input);
        batch.assertEqualToBatch(run, logs.get(input));
        compared.add(run);
    }
}
