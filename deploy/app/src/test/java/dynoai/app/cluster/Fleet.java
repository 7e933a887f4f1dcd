package dynoai.app.cluster;

import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import dynoai.app.node.NodeFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Two ingests, three analyzers, two exporters and a dashboard as processes, around three brokers. */
final class Fleet implements AutoCloseable {
    static final List<String> DROPS = List.of("drop-1", "drop-2");

    private static final Duration MAX_WAIT = Duration.ofMinutes(4);
    private static final Pattern PAGE = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");
    private static final List<String> STAGES = List.of(
            "ingest-1", "ingest-2", "analyzer-1", "analyzer-2", "analyzer-3", "exporter-1", "exporter-2", "dashboard");

    private final Path folder;
    private final BrokerCluster brokers;
    private final List<Member> stages = new ArrayList<>();

    private Fleet(Path folder, BrokerCluster brokers) {
        this.folder = folder;
        this.brokers = brokers;
    }

    /** Starts all, and waits until all are ready. */
    static Fleet start(NodeFixture home) throws Exception {
        Fleet fleet = new Fleet(home.folder(), BrokerCluster.start(home.folder(), STAGES));
        try {
            fleet.createTopics();
            for (String name : STAGES) {
                String ready = name.equals("dashboard") ? "runs of " : "ready    ";
                fleet.stages.add(new Member(name, ready, () -> fleet.stage(name), fleet.brokers.linksOf(name)));
            }
            for (Member stage : fleet.stages) {
                await().atMost(MAX_WAIT).until(() -> {
                    stage.supervise();
                    return stage.isReady();
                });
            }
            return fleet;
        } catch (Exception | Error e) {
            fleet.close();
            throw e;
        }
    }

    private void createTopics() throws Exception {
        CommandProcess create = CommandProcess.start(
                folder, Map.of(), "topics", "create", "--replication", "3", "--bootstrap", brokers.bootstrap());
        if (create.awaitEnd() != 0) {
            throw new IllegalStateException(create.said());
        }
    }

    private CommandProcess stage(String name) throws IOException {
        String stage = name.replaceAll("-[0-9]$", "");
        Map<String, String> flags = new TreeMap<>();
        flags.put("--bootstrap", brokers.bootstrap(name));
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
        return Stream.concat(brokers.members().stream(), stages.stream()).toList();
    }

    List<Member> brokers() {
        return brokers.members();
    }

    /** Returns the address of the dashboard's page. */
    String dashboard() throws IOException {
        return "http://127.0.0.1:"
                + stages.get(STAGES.indexOf("dashboard")).process().awaitPort(PAGE) + "/";
    }

    /** Returns properties of a client past every link. */
    Map<String, Object> client() {
        return new HashMap<>(Map.of("bootstrap.servers", brokers.bootstrap()));
    }

    @Override
    public void close() throws IOException {
        stages.forEach(Member::close);
        brokers.close();
    }
}
