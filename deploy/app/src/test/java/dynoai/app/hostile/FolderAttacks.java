package dynoai.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.node.Programs;
import dynoai.schemas.option.Option;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Attacks by those who may write to the drop folder. */
final class FolderAttacks {
    static final String FORGED_LINE = "rejected forged ";

    private static final int SHOPS = 16;
    static final String HOSTILE_ID = "2026-01-01T00-00-00Z-";
    private static final String HEADER = "Timestamp,RPM,MAP_kPa,Torque,AFR Cmd F,AFR Meas F\n";
    private static final String ALIAS_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
            + "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nclamp: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n";
    private static final List<String> YAML_TOKENS = List.of(
            "\"a\\0b.csv\"",
            "\"\\uD800.csv\"",
            "\"a\\nb.csv\"",
            "!!java.net.URL [\"http://127.0.0.1/\"]",
            "!!binary AAAA",
            "*a",
            "&a [*a]",
            "<<: {clamp: 9}\n",
            "1e309",
            ".nan",
            "-.inf",
            "0x7fffffffffffffffffff",
            "2026-13-45",
            "---\nclamp: 9\n",
            "%YAML 9.9\n",
            "? [a, b]\n: c\n",
            "[".repeat(5000),
            "- ".repeat(5000),
            "x".repeat(70_000),
            "\t",
            "\u0000",
            "\u2028",
            "\uFEFF",
            "null",
            "\"\"",
            "..",
            ".",
            "con.csv",
            "done",
            ".work");

    private FolderAttacks() {}

    /** Returns what mutated files are given: hostile YAML and paths to canaries. */
    static List<String> tokens(Surroundings folders) {
        List<String> tokens = new ArrayList<>(YAML_TOKENS);
        folders.paths().forEach(path -> tokens.addAll(List.of(path, path)));
        return tokens;
    }

    static void mutatedOptions(NodeUnderAttack node, Mutator mutator, int number) throws Exception {
        String shop = "hostile-" + mutator.below(SHOPS) + "/";
        String log = shop + "log-" + number + ".csv";
        byte[] options = options(mutator);
        if (mutator.chance(0.5)) {
            node.drop(log + ".options.yaml", options);
        } else {
            Path shared = node.folders().drop().resolve(shop).resolve("dynoai.yaml");
            Files.createDirectories(shared.getParent());
            Files.write(shared, options);
        }
        node.drop(log, log(number));
    }

    private static String log(int number) {
        return HEADER + (number + ",3000,60,80,13.0,13.2\n").repeat(20);
    }

    private static byte[] options(Mutator mutator) {
        if (mutator.chance(0.02)) {
            return ALIAS_BOMB.getBytes(StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder();
        for (int line = 1 + mutator.below(4); line > 0; line--) {
            Option option = mutator.oneOf(Arrays.asList(Option.values()));
            text.append(option.key()).append(": ");
            text.append(mutator.chance(0.5) ? mutator.token() : "7").append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return mutator.chance(0.5) ? mutator.mutate(bytes, 0) : bytes;
    }

    /** Waits until no log of the hostile shops waits in the drop folder. */
    static void everyHostileLogEnds(NodeUnderAttack node) {
        await().atMost(NodeUnderAttack.MAX_WAIT.multipliedBy(5)).untilAsserted(() -> {
            assertThat(node.process().isAlive()).as(node.process().said()).isTrue();
            assertThat(waiting(node.folders().drop())).isEmpty();
        });
    }

    private static List<Path> waiting(Path drop) throws IOException {
        List<Path> waiting = new ArrayList<>();
        try (Stream<Path> shops = Files.list(drop)) {
            for (Path shop : shops.filter(
                            folder -> folder.getFileName().toString().startsWith("hostile"))
                    .toList()) {
                try (Stream<Path> files = Files.list(shop)) {
                    files.filter(file -> file.toString().endsWith(".csv")
                                    && file.getFileName().toString().startsWith("log-"))
                            .forEach(waiting::add);
                }
            }
        }
        return waiting;
    }

    static void endlessOptions(NodeUnderAttack node, Mutator mutator, int number) throws Exception {
        Path drop = node.folders().drop();
        Path large = Files.createDirectories(drop.resolve("large")).resolve("dynoai.yaml");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(200L << 20);
        }
        Path endless = Files.createDirectories(drop.resolve("endless")).resolve("dynoai.yaml");
        Files.createSymbolicLink(endless, Path.of("/dev/zero"));
        fifo(drop.resolve("fifo/dynoai.yaml"));
    }

    static void fifo(Path path) throws Exception {
        Files.createDirectories(path.getParent());
        Programs.run(path.getParent(), new byte[0], List.of("mkfifo", path.toString()));
    }

    static void linksOut(NodeUnderAttack node, Mutator mutator, int number) throws Exception {
        Path drop = node.folders().drop();
        Path options = Files.createDirectories(drop.resolve("hostile-link")).resolve("dynoai.yaml");
        Files.createSymbolicLink(options, node.folders().secret("options.yaml"));
        node.drop("hostile-link/log-a.csv", log(-1));
        Path table = Files.createDirectories(drop.resolve("hostile-table")).resolve("table.csv");
        Files.createSymbolicLink(table, node.folders().secret("table.csv"));
        node.drop("hostile-table/dynoai.yaml", "base_front: table.csv\n");
        node.drop("hostile-table/log-a.csv", log(-2));
    }

    static void mutatedClaim(NodeUnderAttack node, Mutator mutator, int number) throws Exception {
        String id = HOSTILE_ID + mutator.hex(6);
        String text = genuineClaim(node);
        if (mutator.chance(0.9)) {
            text = withField(text, "run_id", id);
        }
        for (int field = mutator.below(3); field > 0; field--) {
            List<String> names = List.of("shop", "cell", "original", "name", "size", "sha256", "attempt", "options");
            text = withField(text, mutator.oneOf(names), mutator.token());
        }
        if (mutator.chance(0.1)) {
            text = text.replaceAll("(?m)^signature:.*\n", "");
        }
        byte[] claim = text.getBytes(StandardCharsets.UTF_8);
        Path folder = Files.createDirectories(work(node).resolve(id));
        if (mutator.chance(0.3)) {
            Files.writeString(folder.resolve("log.csv"), log(-number));
        } else if (mutator.chance(0.2)) {
            Files.createSymbolicLink(folder.resolve("log.csv"), node.folders().secret("private.csv"));
        }
        writeClaim(folder, mutator.chance(0.5) ? mutator.mutate(claim, 0) : claim);
    }

    /** Writes a claim; again if the node removed the folder, which was empty, in between. */
    private static void writeClaim(Path folder, byte[] claim) throws IOException {
        for (boolean written = false; !written; ) {
            Files.createDirectories(folder);
            try {
                Files.write(folder.resolve("run.yaml"), claim);
                written = true;
            } catch (NoSuchFileException ignored) {
                // The next turn creates the folder again.
            }
        }
    }

    /** Returns a claim that the node made and archived. */
    private static String genuineClaim(NodeUnderAttack node) throws IOException {
        Path claim = node.folders().archived().stream()
                .filter(file -> file.toString().endsWith(".run.yaml"))
                .min(Path::compareTo)
                .orElseThrow();
        return Files.readString(claim);
    }

    private static String withField(String claim, String field, String value) {
        StringBuilder text = new StringBuilder();
        claim.lines()
                .forEach(line -> text.append(line.startsWith(field + ":") ? field + ": " + value : line)
                        .append('\n'));
        return text.toString();
    }

    static Path work(NodeUnderAttack node) throws IOException {
        return Files.createDirectories(node.folders().drop().resolve(".work"));
    }

    /** Writes the claims of the four variants: a canary as the log by a relative and an absolute path, as shop, as original. */
    static void claimOfCanary(NodeUnderAttack node, Mutator mutator, int number) throws Exception {
        String id = HOSTILE_ID + "00000" + number;
        String field = List.of("name", "name", "shop", "original").get(number);
        String path = List.of(
                        "../../../../secret/private.csv",
                        node.folders().secret("private.csv").toString(),
                        "../../secret",
                        "../../secret/private.csv")
                .get(number);
        Path drop = node.folders().drop();
        Files.createDirectories(drop.resolve("secret"));
        Files.createDirectories(drop.resolve("done/2026-11-21").resolve(id + "-.."));
        String claim = withField(withField(genuineClaim(node), "run_id", id), field, path);
        String text = mutator.chance(0.5) ? claim : claim.replaceAll("(?m)^signature:.*\n", "");
        writeClaim(work(node).resolve(id), text.getBytes(StandardCharsets.UTF_8));
    }

    static void claimThatIsNoFile(NodeUnderAttack node, Mutator mutator, int number) throws Exception {
        Path folder = work(node).resolve(HOSTILE_ID + "fff00" + number);
        switch (number) {
            case 0:
                fifo(folder.resolve("run.yaml"));
                break;
            case 1:
                Files.createDirectories(folder);
                Files.createSymbolicLink(
                        folder.resolve("run.yaml"), node.folders().secret("run.yaml"));
                break;
            default:
                Files.createSymbolicLink(
                        folder, node.folders().secret("run.yaml").getParent());
        }
    }

    static void noClaimWasFollowed(NodeUnderAttack node) throws IOException {
        Path drop = node.folders().drop();
        List<Path> followed = new ArrayList<>();
        for (Path folder : List.of(
                node.folders().runs(),
                drop.resolve("done"),
                drop.resolve("rejected"),
                drop.resolve("duplicates"),
                drop.resolve("secret"))) {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(file -> file.getFileName().toString().startsWith(HOSTILE_ID)
                                    && !file.getFileName().toString().endsWith("-.."))
                            .forEach(followed::add);
                }
            }
        }
        assertThat(followed).isEmpty();
    }

    static void linkedDay(NodeUnderAttack node, Mutator mutator, int number) throws IOException {
        Path done = node.folders().drop().resolve("done");
        try (Stream<Path> days = Files.list(done)) {
            for (Path day : days.toList()) {
                Files.move(day, done.resolve("x" + day.getFileName()));
                Files.createSymbolicLink(day, node.folders().secret("run.yaml").getParent());
            }
        }
    }

    /** Removes the links, so that the logs of the meantime can be archived. */
    static void unlinkDay(NodeUnderAttack node) throws IOException {
        try (Stream<Path> days = Files.list(node.folders().drop().resolve("done"))) {
            for (Path day : days.filter(Files::isSymbolicLink).toList()) {
                Files.delete(day);
            }
        }
    }

    static void renameWork(NodeUnderAttack node) throws IOException {
        Files.move(work(node), node.folders().drop().resolve(".work-was-here"));
    }

    static void noForgedLine(NodeUnderAttack node) throws IOException {
        assertThat(node.process().said(FORGED_LINE)).isZero();
        assertThat(node.process().printed().lines()).noneMatch(line -> line.startsWith(FORGED_LINE));
    }
}
