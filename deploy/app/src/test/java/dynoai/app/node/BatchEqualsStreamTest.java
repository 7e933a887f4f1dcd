package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dynoai.engine.BatchAnalysis;
import dynoai.engine.PublishedRun;
import dynoai.engine.RunRequest;
import dynoai.engine.RunTarget;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.engine.stored.Comparison;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.record.RunResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 1: for any log and options the pipeline's run folder equals the batch command's, byte for byte. */
@Tag("broker")
class BatchEqualsStreamTest {
    private static final Duration MAX_WAIT = Duration.ofMinutes(3);
    private static final long MANY_ROWS = Long.getLong("dynoai.nightly.rows", 1_000_000);

    @TempDir
    Path temp;

    private final Map<String, RunResult> results = new ConcurrentHashMap<>();

    @Test
    void everyCase_hasTheSameRunFolderInBatchAndStream() throws Exception {
        // Given
        List<LogCase> cases = new ArrayList<>(LogCase.golden());
        cases.addAll(LogCase.shared());
        for (LogCase one : cases) {
            drop(one);
        }
        // When
        runUntilIdle();
        // Then
        List<String> different = new ArrayList<>();
        for (LogCase one : cases) {
            AnalysisOptions options = AnalysisOptions.of(one.options());
            if (one.refused()) {
                assertThatThrownBy(() -> batch(one.log(), options)).isInstanceOf(LogRejectedException.class);
                assertThat(results).doesNotContainKey(one.place());
            } else {
                different.addAll(differences(one.place(), one.log(), options));
            }
        }
        assertThat(different).isEmpty();
        Assumptions.assumeTrue(LogCase.hasShared(), "golden cases compared; the shared cases are not available");
    }

    @Test
    void longLog_hasTheSameRunFolderInBatchAndStream() throws Exception {
        // Given
        Path log = temp.resolve("drop/long/cell/long.csv");
        Files.createDirectories(log.getParent());
        try (OutputStream out = Files.newOutputStream(log)) {
            SampleLogs.write(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 7), MANY_ROWS, out);
        }
        Path copy = Files.copy(log, temp.resolve("long.csv"));
        // When
        runUntilIdle();
        // Then
        assertThat(differences("long/cell", copy, AnalysisOptions.defaults())).isEmpty();
    }

    @Test
    void balanceAndDecel_areEqualInBatchAndStream() throws Exception {
        // Given a log of several blocks whose throttle closes now and then, lean, its rear leaner than its front
        Path log = temp.resolve("drop/asked/cell/closing.csv");
        Files.createDirectories(log.getParent());
        Files.writeString(log, closingThrottle(5_000));
        Files.writeString(log.resolveSibling("dynoai.yaml"), "balance_cylinders: true\ndecel_management: true\n");
        Path copy = Files.copy(log, temp.resolve("closing.csv"));
        AnalysisOptions asked = AnalysisOptions.of(Map.of("balance_cylinders", "true", "decel_management", "true"));
        // When
        runUntilIdle();
        // Then
        assertThat(differences("asked/cell", copy, asked)).isEmpty();
        Path stream = temp.resolve("runs").resolve(results.get("asked/cell").folder());
        assertThat(stream.resolve("Rear_Balance_Factor.csv")).content().contains("'+");
        assertThat(stream.resolve("Decel_Analysis_Report.json"))
                .content()
                .contains("\"events\": 50,", "\"likely_lean_pops\": 50,");
    }

    @Test
    void filtersAndWeightingByHits_areEqualInBatchAndStream() throws Exception {
        // Given a log of several blocks and options whose state crosses them
        Path log = temp.resolve("drop/filtered/cell/closing.csv");
        Files.createDirectories(log.getParent());
        Files.writeString(log, closingThrottle(5_000));
        Map<String, String> options = Map.of(
                "afr_delay", "130",
                "max_tps_rate", "60",
                "min_coolant", "150",
                "skip_fuel_cut", "true",
                "inside_grid", "true",
                "min_samples", "20",
                "weighting", "hits");
        StringBuilder yaml = new StringBuilder();
        options.forEach(
                (key, value) -> yaml.append(key).append(": ").append(value).append('\n'));
        Files.writeString(log.resolveSibling("dynoai.yaml"), yaml);
        Path copy = Files.copy(log, temp.resolve("closing.csv"));
        // When
        runUntilIdle();
        // Then
        assertThat(differences("filtered/cell", copy, AnalysisOptions.of(options)))
                .isEmpty();
        Path stream = temp.resolve("runs").resolve(results.get("filtered/cell").folder());
        assertThat(stream.resolve("manifest.json"))
                .content()
                .contains("\"throttle_transient\": 800", "\"no_delayed_afr\": 7", "\"weights_by_hits\": true");
    }

    /** Every 100 rows the throttle closes within 15 rows, 0.3 s. */
    private static String closingThrottle(int rows) {
        StringBuilder log =
                new StringBuilder("Time (s),RPM,MAP_kPa,Torque,TPS,AFR Cmd F,AFR Cmd R,AFR Meas F,AFR Meas R\n");
        for (int row = 0; row < rows; row++) {
            int phase = row % 100;
            double tps = phase < 50 ? 40 : phase < 65 ? 40 - (phase - 49) * 2.5 : phase < 85 ? 2.5 : 40;
            log.append(String.format(
                    Locale.ROOT,
                    "%.2f,%d,%d,80,%.1f,13.2,13.2,%.1f,%.1f%n",
                    row * 0.02,
                    3000 - (phase < 65 ? 0 : 200),
                    tps > 20 ? 80 : 35,
                    tps,
                    tps > 20 ? 13.0 : 16.0,
                    tps > 20 ? 14.0 : 16.9));
        }
        return log.toString();
    }

    private void drop(LogCase one) throws IOException {
        Path folder = Files.createDirectories(temp.resolve("drop").resolve(one.place()));
        Files.copy(one.log(), folder.resolve("log.csv"));
        StringBuilder yaml = new StringBuilder();
        for (Map.Entry<String, String> option : one.options().entrySet()) {
            String value = option.getValue();
            if (option.getKey().startsWith("base_")) {
                Path table = Path.of(value);
                Files.copy(table, folder.resolve(table.getFileName()));
                value = table.getFileName().toString();
            }
            yaml.append(option.getKey()).append(": '").append(value).append("'\n");
        }
        Files.writeString(folder.resolve("dynoai.yaml"), yaml);
    }

    private void runUntilIdle() throws Exception {
        NodeSettings settings = LiveNode.settings(temp);
        Pipeline.Listener listener = new Pipeline.Listener() {
            @Override
            public void runPublished(RunResult result) {
                results.put(result.key().shop() + "/" + result.cell(), result);
            }
        };
        try (Pipeline pipeline = Pipeline.start(settings, Pipeline.everything(), Listeners.of(listener))) {
            await().atMost(MAX_WAIT).pollInterval(Duration.ofMillis(200)).until(pipeline::isIdle);
        }
    }

    private PublishedRun batch(Path log, AnalysisOptions options) throws Exception {
        return BatchAnalysis.ofSystemTime()
                .analyze(new RunRequest(log, options, RunTarget.among(temp.resolve("batch")), 1), bytes -> {});
    }

    private List<String> differences(String which, Path log, AnalysisOptions options) throws Exception {
        RunResult result = results.get(which);
        if (result == null) {
            return List.of(which + ": no result");
        }
        if (!result.ok()) {
            return List.of(which + ": " + result.code() + ": " + result.message());
        }
        Path stream = temp.resolve("runs").resolve(result.folder());
        PublishedRun report = batch(log, options);
        List<String> different = new ArrayList<>();
        Comparison.of(report.folder(), stream)
                .differences()
                .forEach(difference -> different.add(which + ": " + difference));
        if (!names(stream).equals(names(report.folder()))) {
            different.add(which + ": " + names(stream) + " instead of " + names(report.folder()));
        }
        for (String name : names(stream)) {
            if (!name.endsWith("manifest.json")
                    && Files.mismatch(stream.resolve(name), report.folder().resolve(name)) >= 0) {
                different.add(which + ": " + name + " differs");
            }
        }
        return different;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .map(name -> name.endsWith(".manifest.json") ? "twin.manifest.json" : name)
                    .filter(name -> !name.equals("twin.manifest.json"))
                    .sorted()
                    .toList();
        }
    }
}
