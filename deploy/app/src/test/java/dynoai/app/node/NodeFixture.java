package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.engine.stored.Verification;
import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The folders of a node, and the promises that hold after every kill. */
final class NodeFixture {
    private static final int ROWS = 3000;
    private static final String OPTIONS_FILE = "dynoai.yaml";

    private final Path folder;
    private final BatchReference batch;
    private final Map<String, Path> logs = new HashMap<>();
    private final List<String> broken = new ArrayList<>();
    private final List<String> again = new ArrayList<>();

    NodeFixture(Path folder) throws IOException {
        this(folder, Map.of());
    }

    /** @param options of every log, in the drop folder's {@code dynoai.yaml} */
    NodeFixture(Path folder, Map<String, String> options) throws IOException {
        this.folder = folder;
        this.batch = new BatchReference(folder.resolve("batch"), options);
        Files.createDirectories(folder.resolve("drop"));
        if (!options.isEmpty()) {
            StringBuilder yaml = new StringBuilder();
            options.forEach(
                    (key, value) -> yaml.append(key).append(": ").append(value).append('\n'));
            Files.writeString(folder.resolve("drop").resolve(OPTIONS_FILE), yaml);
        }
        Files.createDirectories(folder.resolve("originals"));
    }

    Path folder() {
        return folder;
    }

    Path data() {
        return folder.resolve("data");
    }

    /** Drops a new log as a dyno PC does: written in another folder, then renamed in. */
    void dropLog() throws IOException {
        dropLog(ROWS);
    }

    void dropLog(int rows) throws IOException {
        int number = logs.size();
        byte[] bytes =
                SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 1000 + number), rows + number);
        Path original = Files.write(folder.resolve("originals").resolve("pull-" + number + ".csv"), bytes);
        logs.put(Sha256.hex(bytes), original);
        drop("pull-" + number + ".csv", bytes);
    }

    void dropLogs(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            dropLog();
        }
    }

    /** Drops the bytes of an earlier log under another name. */
    void dropAgain(int earlier) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve("originals").resolve("pull-" + earlier + ".csv"));
        again.add(Sha256.hex(bytes));
        drop("again-" + again.size() + ".csv", bytes);
    }

    /** Drops a file that is not a log. */
    void dropBroken() throws IOException {
        byte[] bytes = ("no log, number " + broken.size() + "\n").getBytes(StandardCharsets.UTF_8);
        broken.add(Sha256.hex(bytes));
        drop("broken-" + broken.size() + ".csv", bytes);
    }

    private void drop(String name, byte[] bytes) throws IOException {
        Path part = folder.resolve("drop").resolve(name + ".part");
        Files.write(part, bytes);
        Files.move(part, folder.resolve("drop").resolve(name));
    }

    void deleteData() throws IOException {
        delete(data());
    }

    /** Wipes the analyzer's stores below a data directory. */
    void deleteState(String data) throws IOException {
        delete(folder.resolve(data).resolve("state"));
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
        return (int) runs().stream()
                .filter(run -> !run.getFileName().toString().startsWith("."))
                .count();
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

    /** Whether every file that was dropped has left the drop folder and the work folder. */
    boolean isSettled() throws IOException {
        return waiting() == 0 && inWork().isEmpty();
    }

    /** Where a kill left everything, for the report. */
    String leftBehind() throws IOException {
        long bare = 0;
        long sent = 0;
        List<Path> claims = inWork();
        for (Path claim : claims) {
            sent += Files.exists(claim.resolve("sent.receipt")) ? 1 : 0;
            bare += claimedLogs(claim) == 0 ? 1 : 0;
        }
        return String.format(
                java.util.Locale.ROOT,
                "%d waiting, %d claimed (%d sent, %d without their log), %d half-written run folders with %d files,"
                        + " %d run folders",
                waiting(),
                claims.size(),
                sent,
                bare,
                runs().size() - runFolders(),
                filesBeingWritten(),
                runFolders());
    }

    private static long claimedLogs(Path claim) throws IOException {
        try (Stream<Path> files = Files.list(claim)) {
            return files.filter(file -> file.toString().endsWith(".csv")).count();
        }
    }

    private long waiting() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("drop"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(OPTIONS_FILE))
                    .count();
        }
    }

    private List<Path> inWork() throws IOException {
        Path work = folder.resolve("drop/.work");
        if (!Files.isDirectory(work)) {
            return List.of();
        }
        try (Stream<Path> claims = Files.list(work)) {
            return claims.toList();
        }
    }

    /** Files in run folders that have not appeared yet. */
    long filesBeingWritten() throws IOException {
        long files = 0;
        for (Path run : runs()) {
            if (run.getFileName().toString().startsWith(".tmp-")) {
                String[] names = run.toFile().list();
                files += names == null ? 0 : names.length;
            }
        }
        return files;
    }

    /** Returns the files that were claimed, in any later state. */
    long claimed() throws IOException {
        return logs.size() + broken.size() + again.size() - waiting();
    }

    /** 0 lost, 0 doubled, every file in exactly one end state, every run folder whole and equal to the batch's. */
    void holdsEveryPromise() throws Exception {
        assertThat(logsBelow("done")).containsExactlyInAnyOrderElementsOf(logs.keySet());
        assertThat(logsBelow("rejected")).containsExactlyInAnyOrderElementsOf(broken);
        assertThat(logsBelow("duplicates")).containsExactlyInAnyOrderElementsOf(again);
        assertThat(logsBelow(".work")).isEmpty();
        assertThat(waiting()).isZero();
        TreeSet<String> inputs = new TreeSet<>();
        for (Path run : runs()) {
            assertThat(run.getFileName().toString()).doesNotStartWith(".");
            assertThat(Verification.of(run).findings()).isEmpty();
            String input = Sha256.hex(run.resolve("data.csv"));
            assertThat(inputs.add(input)).as("one run for " + logs.get(input)).isTrue();
            batch.assertEqualToBatch(run, logs.get(input));
        }
        assertThat(inputs).containsExactlyInAnyOrderElementsOf(logs.keySet());
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
            List<String> hashes = new ArrayList<>();
            for (Path file : found) {
                hashes.add(Sha256.hex(file));
            }
            return hashes;
        }
    }
}
