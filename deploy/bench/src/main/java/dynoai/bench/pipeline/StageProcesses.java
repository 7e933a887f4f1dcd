package dynoai.bench.pipeline;

import dynoai.broker.EmbeddedBroker;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** Stages as processes of their own around a broker in this JVM. */
final class StageProcesses implements AutoCloseable {
    private static final long LOOK_MILLIS = 10;
    private static final long MAX_WAIT_MINUTES = 30;

    private final Path root;
    private final Path home;
    private final EmbeddedBroker broker;
    private final Map<String, Node> running = new LinkedHashMap<>();
    private int folders;

    interface Condition {
        boolean isMet() throws IOException, InterruptedException;
    }

    private StageProcesses(Path root, Path home, EmbeddedBroker broker) {
        this.root = root;
        this.home = home;
        this.broker = broker;
    }

    /** Starts ingest, analyzer and exporter, and waits until they are ready. */
    static StageProcesses start(Path root, Path home) throws Exception {
        StageProcesses stages = startBroker(root, home);
        try {
            for (String stage : List.of("exporter", "analyzer", "ingest")) {
                stages.start(stage);
            }
            return stages;
        } catch (Exception e) {
            stages.close();
            throw e;
        }
    }

    /** Starts the broker alone. */
    static StageProcesses startBroker(Path root, Path home) throws Exception {
        StageProcesses stages = new StageProcesses(root, home, EmbeddedBroker.start(home.resolve("broker"), 0));
        try (Admin admin = Admin.create(stages.client())) {
            new TopicAdmin(admin, TopicLayout.ofCluster(1), Namespace.DEFAULT).create();
            return stages;
        } catch (Exception e) {
            stages.close();
            throw e;
        }
    }

    /** Starts a stage that does not run, and returns the seconds until it is ready. */
    double start(String stage, String... flags) throws IOException, InterruptedException {
        Node node = Node.start(root, home, stage, client(), flags);
        running.put(stage, node);
        return node.awaitReady();
    }

    void stop(String stage) {
        running(stage).close();
        running.remove(stage);
    }

    Node running(String stage) {
        return Objects.requireNonNull(running.get(stage));
    }

    /** Returns the settings of a Kafka client. */
    Map<String, Object> client() {
        return Map.copyOf(broker.clientProperties());
    }

    /** Returns a folder among the working directories of the stages. */
    Path folder(String name) {
        return home.resolve(name);
    }

    /** Makes logs of a shop visible at once. Returns the folder in which they wait. */
    Path drop(String shop, List<Path> logs) throws IOException {
        Path drop = Files.createDirectories(home.resolve("drop").resolve(shop));
        String name = "cell-" + folders++;
        Path hidden = Files.createDirectory(drop.resolve("." + name));
        for (Path log : logs) {
            Files.createLink(hidden.resolve(log.getFileName()), log);
        }
        return Files.move(hidden, drop.resolve(name));
    }

    /** Waits until the logs of a folder, and all others, are archived. */
    void awaitDone(Path dropped) throws IOException, InterruptedException {
        await(() -> count(dropped) == 0 && count(home.resolve("drop/.work")) == 0);
    }

    static long count(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    static void await(Condition condition) throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(MAX_WAIT_MINUTES);
        while (!condition.isMet()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("not met within " + MAX_WAIT_MINUTES + " minutes");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public void close() {
        running.values().forEach(Node::close);
        broker.close();
    }
}
