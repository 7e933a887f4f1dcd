package dynoai.app.cluster;

import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import dynoai.app.node.NodeFixture;
import dynoai.broker.ClusterBroker;
import dynoai.broker.ThreeBrokers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two ingests, three analyzers, two exporters and a dashboard as processes, around three brokers. */
final class Fleet implements AutoCloseable {
    static final List<String> DROPS = List.of("drop-1", "drop-2");

    private static final Duration MAX_WAIT = Duration.ofMinutes(4);
    private static final Pattern PAGE = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");
    private static final List<String> STAGES = List.of(
            "ingest-1", "ingest-2", "analyzer-1", "analyzer-2", "analyzer-3", "exporter-1", "exporter-2", "dashboard");

    private final Path folder;
    private final Map<String, List<Link>> links = new HashMap<>();
    private final ThreeBrokers kafka;
    private final List<Member> brokers = new ArrayList<>();
    private final List<Member> stages = new ArrayList<>();

    private Fleet(Path folder) throws IOException {
        this.folder = folder;
        STAGES.forEach(stage -> links.put(stage, new ArrayList<>()));
        this.kafka = ThreeBrokers.start(folder, STAGES, this::link);
    }

    /** Starts all, and waits until all are ready. */
    static Fleet start(NodeFixture home) throws Exception {
        Fleet fleet = new Fleet(home.folder());
        try {
            fleet.startStages();
            return fleet;
        } catch (Exception | Error e) {
            fleet.close();
            throw e;
        }
    }

    private int link(String client, int broker, int port) throws IOException {
        Link link = new Link(port);
        linksOf(client).add(link);
        return link.port();
    }

    private List<Link> linksOf(String client) {
        return Objects.requireNonNull(links.get(client));
    }

    private void startStages() throws Exception {
        for (int broker = 0; broker < ThreeBrokers.SIZE; broker++) {
            int number = broker;
            List<Link> own = links.values().stream().map(all -> all.get(number)).toList();
            brokers.add(new Member(
                    "broker-" + number, ClusterBroker.READY, kafka.get(number), () -> kafka.start(number), own));
        }
        createTopics();
        for (String name : STAGES) {
            String ready = name.equals("dashboard") ? "runs of " : "ready    ";
            stages.add(new Member(name, ready, stage(name), () -> stage(name), linksOf(name)));
        }
        for (Member stage : stages) {
            await().atMost(MAX_WAIT).until(() -> {
                stage.supervise();
                return stage.isReady();
            });
        }
    }

    private void createTopics() throws Exception {
        CommandProcess create = CommandProcess.start(
                folder, Map.of(), "topics", "create", "--replication", "3", "--bootstrap", kafka.bootstrap());
        if (create.awaitEnd() != 0) {
            throw new IllegalStateException(create.said());
        }
    }

    private CommandProcess stage(String name) throws IOException {
        String stage = name.replaceAll("-[0-9]$", "");
        Map<String, String> flags = new TreeMap<>();
        flags.put(
                "--bootstrap",
                linksOf(name).stream().map(link -> "127.0.0.1:" + link.port()).collect(Collectors.joining(",")));
        flags.put("--data", "data-" + name);
        flags.put("--drop", stage.equals("ingest") ? name.replace(stage, "drop") : DROPS.get(0));
        flags.put("--runs", "runs");
        flags.put("--store", "store");
        flags.put("--port", "0");
        List<String> line = new ArrayList<>(List.of(stage));
        if (!stage.equals("dashboard")) {
            flags.put("--settle", "0.2");
            flags.put("--poll", "0.2");
            line.addAll(List.of("--take-existing", "--log-to-console"));
        }
        flags.forEach((flag, value) -> line.addAll(List.of(flag, value)));
        return CommandProcess.start(folder, Map.of(), line.toArray(String[]::new));
    }

    List<Member> members() {
        return Stream.concat(brokers.stream(), stages.stream()).toList();
    }

    List<Member> brokers() {
        return brokers;
    }

    /** Returns the address of the dashboard's page. */
    String dashboard() throws IOException {
        return "http://127.0.0.1:"
                + stages.get(STAGES.indexOf("dashboard")).process().awaitPort(PAGE) + "/";
    }

    /** Returns properties of a client past every link. */
    Map<String, Object> client() {
        return kafka.client();
    }

    @Override
    public void close() throws IOException {
        stages.forEach(Member::close);
        kafka.close();
        for (List<Link> own : links.values()) {
            for (Link link : own) {
                link.close();
            }
        }
    }
}
