package dynoai.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures whole commands as processes, in turn. */
final class CommandBench {
    static final String ANALYZE = "dynoai analyze, the whole command";
    static final String TOOLS = "sha256sum, then dd conv=fsync";
    static final String HASH_COPY_FSYNC = "a JVM that hashes, copies and fsyncs";

    private static final int SMALL_ROUNDS = 20;
    private static final int LARGE_ROUNDS = 5;

    /** The launcher's JVM flags, so that the reference program starts equally fast. */
    private static final List<String> JVM_FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto", "-Xlog:disable");

    private final Path root;
    private final Path work;
    private final String java =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private final String classPath = System.getProperty("java.class.path");

    CommandBench(Path root, Path work) {
        this.root = root;
        this.work = work;
    }

    /** Compares {@code analyze} with a minimal JVM program on a log of usual size. */
    List<Measured> small(Path log, long rows) throws IOException, InterruptedException {
        Map<String, ChildProcess> commands = new LinkedHashMap<>();
        commands.put(ANALYZE, analyze(log));
        commands.put(HASH_COPY_FSYNC, hashCopyFsync(log));
        return inTurn(commands, rows, SMALL_ROUNDS);
    }

    /** Compares {@code analyze} with system tools on a long log. */
    List<Measured> large(Path log, long rows) throws IOException, InterruptedException {
        Map<String, ChildProcess> commands = new LinkedHashMap<>();
        commands.put(ANALYZE, analyze(log));
        commands.put(TOOLS, tools(log));
        return inTurn(commands, rows, LARGE_ROUNDS);
    }

    /** One fold each in a fresh JVM. */
    List<Measured> cold(Path log, long rows) throws IOException, InterruptedException {
        Map<String, ChildProcess> commands = new LinkedHashMap<>();
        for (int threads = 1; threads <= 2; threads++) {
            commands.put(coldTitle("DynoAI", threads), oneFold(Contender.ENGINE, threads, log));
            commands.put(coldTitle("DuckDB", threads), oneFold(Contender.DUCKDB, threads, log));
        }
        commands.put(coldTitle("FastCSV + parseDouble", 1), oneFold(Contender.FASTCSV, 1, log));
        return inTurn(commands, rows, LARGE_ROUNDS);
    }

    static String coldTitle(String contender, int threads) {
        return contender + (threads == 1 ? "" : ", " + threads + " threads") + ", cold process";
    }

    double analyzePeakMebibytes(Path log) throws IOException, InterruptedException {
        emptyOutputs();
        return analyze(log).peakMebibytes();
    }

    private List<Measured> inTurn(Map<String, ChildProcess> commands, long rows, int rounds)
            throws IOException, InterruptedException {
        List<ChildProcess> processes = List.copyOf(commands.values());
        for (ChildProcess process : processes) {
            emptyOutputs();
            process.millis();
        }
        double[][] millis = new double[processes.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < millis.length; i++) {
                emptyOutputs();
                millis[i][round] = processes.get(i).millis();
            }
        }
        List<Measured> measured = new ArrayList<>();
        for (String title : commands.keySet()) {
            measured.add(Measured.of(title, rows, millis[measured.size()]));
        }
        return measured;
    }

    private ChildProcess analyze(Path log) {
        return new ChildProcess(
                root,
                List.of(
                        root.resolve("dynoai").toString(),
                        "analyze",
                        "--csv",
                        log.toString(),
                        "--outdir",
                        outputs().resolve("run").toString()));
    }

    private ChildProcess tools(Path log) {
        String script = "sha256sum \"$1\" && dd \"if=$1\" \"of=$2\" bs=1M conv=fsync";
        return new ChildProcess(
                root,
                List.of(
                        "sh",
                        "-c",
                        script,
                        "sh",
                        log.toString(),
                        outputs().resolve("copy").toString()));
    }

    private ChildProcess hashCopyFsync(Path log) {
        return javaProcess(
                JVM_FLAGS,
                HashCopyFsync.class,
                log.toString(),
                outputs().resolve("copy").toString());
    }

    private ChildProcess oneFold(String contender, int threads, Path log) {
        return javaProcess(List.of(), OneFold.class, contender, String.valueOf(threads), log.toString());
    }

    private ChildProcess javaProcess(List<String> flags, Class<?> main, String... args) {
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(args));
        return new ChildProcess(root, command);
    }

    private Path outputs() {
        return work.resolve("outputs");
    }

    private void emptyOutputs() throws IOException {
        if (Files.exists(outputs())) {
            try (Stream<Path> files = Files.walk(outputs())) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(outputs());
    }
}
