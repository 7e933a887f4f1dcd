package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.engine.stored.Verification;
import dynoai.exporter.shelf.RunCopy;
import dynoai.exporter.shelf.RunShelf;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The folders of a node, and the promises that hold after every kill. */
public final class NodeFixture {
    private static final int ROWS = 3000;
    private static final String OPTIONS_FILE = "dynoai.yaml";

    private final Path folder;
    private final List<Path> drops;
    private final List<Path> runFolders;
    private final int firstLog;
    private final BatchReference batch;
    private final Map<String, Path> logs = new HashMap<>();
    private final List<String> broken = new ArrayList<>();
    private final List<String> again = new ArrayList<>();

    /** What the run folder of a log must be. */
    public interface Expectation {
        void check(Path run, Path log) throws Exception;
    }

    NodeFixture(Path folder) throws IOException {
        this(folder, Map.of());
    }

    /** @param options of every log, in the drop folder's {@code dynoai.yaml} */
    NodeFixture(Path folder, Map<String, String> options) throws IOException {
        this(folder, List.of("drop"), options);
    }

    /**
     * @param drops the names of the drop folders, which get the logs in turn
     * @param options of every log, in each drop folder's {@code dynoai.yaml}
     */
    public NodeFixture(Path folder, List<String> drops, Map<String, String> options) throws IOException {
        this(folder, drops, List.of("runs"), 0, options);
    }

    private NodeFixture(
            Path folder, List<String> drops, List<String> runFolders, int firstLog, Map<String, String> options)
            throws IOException {
        this.folder = folder;
        this.runFolders = runFolders.stream().map(folder::resolve).toList();
        this.firstLog = firstLog;
        this.drops = drops.stream().map(folder::resolve).toList();
        this.batch = new BatchReference(folder.resolve("batch"), options);
        StringBuilder yaml = new StringBuilder();
        options.forEach(
                (key, value) -> yaml.append(key).append(": ").append(value).append('\n'));
        for (Path drop : this.drops) {
            Files.createDirectories(drop);
            if (!options.isEmpty()) {
                Files.writeString(drop.resolve(OPTIONS_FILE), yaml);
            }
        }
        Files.createDirectories(folder.resolve("originals"));
    }

    /**
     * Returns the folders of computers of a shop, whose agents bring the runs back.
     *
     * @param firstLog the number of the first log: logs of other numbers have other bytes
     * @param computers have {@code drop} and {@code results} in a folder of their name
     */
    public static NodeFixture ofShop(Path folder, int firstLog, String... computers) throws IOException {
        List<String> names = List.of(computers);
        return new NodeFixture(
                folder,
                names.stream().map(name -> name + "/drop").toList(),
                names.stream().map(name -> name + "/results").toList(),
                firstLog,
                Map.of());
    }

    public Path folder() {
        return folder;
    }

    Path data() {
        return folder.resolve("data");
    }

    /** Drops a new log as a dyno PC does: written in another folder, then renamed in. */
    void dropLog() throws IOException {
        dropLog(ROWS);
    }

    public void dropLog(int rows) throws IOException {
        dropOriginal(writeOriginal(rows));
    }

    /** Makes the next log, which is to be dropped with {@link #dropOriginal}. */
    public Path writeOriginal(int rows) throws IOException {
        int number = firstLog + logs.size();
        byte[] bytes = SampleLogs.bytes(
                SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 1000 + number), rows + logs.size());
        Path original = Files.write(originals().resolve("pull-" + number + ".csv"), bytes);
        logs.put(Sha256.hex(bytes), original);
        return original;
    }

    /** Drops a log that was made. */
    public void dropOriginal(Path original) throws IOException {
        drop(original.getFileName().toString(), Files.readAllBytes(original));
    }

    void dropLogs(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            dropLog();
        }
    }

    /** Drops the bytes of an earlier log under another name. */
    public void dropAgain(int earlier) throws IOException {
        byte[] bytes = Files.readAllBytes(originals().resolve("pull-" + earlier + ".csv"));
        again.add(Sha256.hex(bytes));
        drop("again-" + again.size() + ".csv", bytes);
    }

    /** Drops a new log into every drop folder at once. One of them becomes the run. */
    public void dropEverywhere(int rows) throws IOException {
        Path original = writeOriginal(rows);
        byte[] bytes = Files.readAllBytes(original);
        for (Path drop : drops) {
            write(drop, original.getFileName().toString(), bytes);
        }
        again.addAll(Collections.nCopies(drops.size() - 1, Sha256.hex(bytes)));
    }

    /** Drops a file that is not a log. */
    public void dropBroken() throws IOException {
        byte[] bytes = ("no log, number " + broken.size() + "\n").getBytes(StandardCharsets.UTF_8);
        broken.add(Sha256.hex(bytes));
        drop("broken-" + broken.size() + ".csv", bytes);
    }

    private void drop(String name, byte[] bytes) throws IOException {
        write(drops.get((logs.size() + broken.size() + again.size()) % drops.size()), name, bytes);
    }

    private static void write(Path drop, String name, byte[] bytes) throws IOException {
        Path part = drop.resolve(name + ".part");
        Files.write(part, bytes);
        Files.move(part, drop.resolve(name));
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

    /** Copies the runs of a shelf that are not yet in the folder of runs, those of logs without a shop. */
    public void fetchRuns(RunShelf shelf) throws Exception {
        Path runs = Files.createDirectories(folder.resolve("runs"));
        List<RunKey> keys = new ArrayList<>();
        shelf.list(keys::add);
        keys.removeIf(key -> !key.shop().equals(RunKey.LOCAL_SHOP));
        for (RunKey key : keys) {
            Path run = runs.resolve(key.runId());
            if (!Files.exists(run)) {
                RunCopy.create(shelf, shelf.find(key).orElseThrow(), run, "reader");
            }
        }
    }

    private List<Path> runs() throws IOException {
        List<Path> runs = new ArrayList<>();
        for (Path all : runFolders) {
            if (Files.isDirectory(all)) {
                try (Stream<Path> found = Files.list(all)) {
                    found.forEach(runs::add);
                }
            }
        }
        return runs;
    }

    /** Returns how many logs are in {@code done}. */
    public int done() throws IOException {
        return filesBelow("done").size();
    }

    /** Returns how many logs were dropped that belong in {@code done}. */
    public int dropped() {
        return logs.size();
    }

    /** Whether every file that was dropped has left the drop folder and the work folder. */
    public boolean isSettled() throws IOException {
        return waiting() == 0 && inWork().isEmpty();
    }

    /** Returns the folder of the dropped logs. */
    public Path originals() {
        return folder.resolve("originals");
    }

    public BatchReference batch() {
        return batch;
    }

    /** Where a kill left everything, for the report. */
    public String leftBehind() throws IOException {
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
        long waiting = 0;
        for (Path drop : drops) {
            try (Stream<Path> files = Files.list(drop)) {
                waiting += files.filter(Files::isRegularFile)
                        .filter(file -> !file.endsWith(OPTIONS_FILE))
                        .count();
            }
        }
        return waiting;
    }

    private List<Path> inWork() throws IOException {
        List<Path> claims = new ArrayList<>();
        for (Path drop : drops) {
            Path work = drop.resolve(".work");
            if (Files.isDirectory(work)) {
                try (Stream<Path> found = Files.list(work)) {
                    found.forEach(claims::add);
                }
            }
        }
        return claims;
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
    public void holdsEveryPromise() throws Exception {
        holdsEveryPromise(batch::assertEqualToBatch);
    }

    /** @param expected compares each run folder */
    public void holdsEveryPromise(Expectation expected) throws Exception {
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
            expected.check(run, logs.get(input));
        }
        assertThat(inputs).containsExactlyInAnyOrderElementsOf(logs.keySet());
    }

    private List<String> logsBelow(String kind) throws IOException {
        List<String> hashes = new ArrayList<>();
        for (Path log : filesBelow(kind)) {
            hashes.add(Sha256.hex(log));
        }
        return hashes;
    }

    private List<Path> filesBelow(String kind) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path drop : drops) {
            Path start = drop.resolve(kind);
            if (Files.exists(start)) {
                try (Stream<Path> files = Files.walk(start)) {
                    files.filter(file -> file.toString().endsWith(".csv"))
                            .filter(Files::isRegularFile)
                            .forEach(found::add);
                }
            }
        }
        return found;
    }
}
