package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.engine.BatchAnalysis;
import dynoai.engine.Comparison;
import dynoai.engine.RunReport;
import dynoai.engine.RunRequest;
import dynoai.engine.RunTarget;
import dynoai.engine.Verification;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.schemas.AnalysisOptions;
import dynoai.schemas.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A folder with a drop folder, runs and a node's data, and what must hold of it whatever died in it. */
final class Home {
    private static final int ROWS = 3000;

    private final Path folder;
    private final Map<String, Path> logs = new HashMap<>();

    Home(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("drop"));
        Files.createDirectories(folder.resolve("originals"));
    }

    Path folder() {
        return folder;
    }

    /** Drops a log that nobody dropped before, as a dyno PC does: written elsewhere, then renamed in. */
    void dropLog() throws IOException {
        int number = logs.size();
        byte[] bytes =
                SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 1000 + number), ROWS + number);
        Path original = Files.write(folder.resolve("originals").resolve("pull-" + number + ".csv"), bytes);
        logs.put(Sha256.hex(bytes), original);
        Path part = folder.resolve("drop").resolve("pull-" + number + ".csv.part");
        Files.write(part, bytes);
        Files.move(part, folder.resolve("drop").resolve("pull-" + number + ".csv"));
    }

    void dropLogs(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            dropLog();
        }
    }

    void deleteData() throws IOException {
        delete(folder.resolve("data"));
    }

    void deleteState() throws IOException {
        delete(folder.resolve("data").resolve("state"));
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> files = Files.walk(tree)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    int runFolders() throws IOException {
        return runs().size();
    }

    private List<Path> runs() throws IOException {
        Path runs = folder.resolve("runs");
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(runs)) {
            return found.toList();
        }
    }

    /** 0 lost, 0 doubled, every file in exactly one end state, every run folder whole and equal to the batch's. */
    void holdsEveryPromise() throws Exception {
        assertThat(logsBelow("done")).containsExactlyInAnyOrderElementsOf(logs.keySet());
        assertThat(logsBelow("rejected")).isEmpty();
        assertThat(logsBelow("duplicates")).isEmpty();
        assertThat(logsBelow(".work")).isEmpty();
        TreeSet<String> inputs = new TreeSet<>();
        for (Path run : runs()) {
            assertThat(run.getFileName().toString()).doesNotStartWith(".");
            assertThat(Verification.of(run).findings()).isEmpty();
            String input = Sha256.hex(run.resolve("data.csv"));
            assertThat(inputs.add(input)).as("one run for " + logs.get(input)).isTrue();
            assertThat(Comparison.of(batch(input), run).differences()).isEmpty();
        }
        assertThat(inputs).containsExactlyInAnyOrderElementsOf(logs.keySet());
    }

    private Path batch(String input) throws Exception {
        RunReport report = BatchAnalysis.ofSystemTime()
                .analyze(
                        new RunRequest(
                                logs.get(input),
                                AnalysisOptions.defaults(),
                                RunTarget.among(folder.resolve("batch")),
                                1),
                        bytes -> {});
        return report.folder();
    }

    private List<String> logsBelow(String kind) throws IOException {
        Path start = folder.resolve("drop").resolve(kind);
        if (!Files.exists(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".csv"))
                    .filter(Files::isRegularFile)
                    .toList();
            List<String> hashes = new java.util.ArrayList<>();
            for (Path file : found) {
                hashes.add(Sha256.hex(file));
            }
            return hashes;
        }
    }
}
