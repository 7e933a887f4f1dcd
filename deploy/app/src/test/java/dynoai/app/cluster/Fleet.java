package dynoai.app.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dynoai.app.CommandProcess;
import dynoai.app.agent.DynoPc;
import dynoai.app.intake.SelfSignedCertificate;
import dynoai.app.node.NodeFixture;
import dynoai.app.storage.StorageAccess;
import dynoai.app.storage.StorageLocation;
import dynoai.broker.ClusterBroker;
import dynoai.broker.FreePorts;
import dynoai.broker.ThreeBrokers;
import dynoai.catalogue.PostgresCluster;
import dynoai.exporter.s3.LocalS3;
import dynoai.exporter.shelf.RunShelf;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.TopicLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two ingests, three analyzers, two exporters and a dashboard as processes, around three brokers. Logs and runs are in a bucket, the catalogue in
 * PostgreSQL. With shops, there are also two intakes with TLS, two admits, and an agent for each shop.
 */
final class Fleet implements AutoCloseable {
    static final List<String> DROPS = List.of("drop-1", "drop-2");

    /** The name of the computer of each shop. */
    static final String COMPUTER = "pc";

    private static final Duration MAX_WAIT = Duration.ofMinutes(4);
    private static final Pattern PAGE = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");
    private static final String DASHBOARD = "dashboard";
    private static final List<String> STAGES = List.of(
            "ingest-1", "ingest-2", "analyzer-1", "analyzer-2", "analyzer-3", "exporter-1", "exporter-2", DASHBOARD);
    private static final List<String> STAGES_FOR_SHOPS = List.of("intake-1", "intake-2", "admit-1", "admit-2");
    private static final Set<String> WITH_BUCKET = Set.of("ingest", "exporter", "intake", "admit");
    private static final String READY = "ready    ";
    private static final Map<String, String> CREDENTIALS =
            Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test");

    private final Path folder;
    private final List<NodeFixture> shops;
    private final List<String> names;
    private final List<Integer> doors = FreePorts.distinct(2);
    private final SelfSignedCertificate certificate;
    private final List<Link> fromAgents = new ArrayList<>();
    private final PostgresCluster postgres;
    private final LocalS3 s3;
    private final Map<String, List<Link>> toBrokers = new HashMap<>();
    private final Map<String, Link> toStorage = new HashMap<>();
    private final ThreeBrokers kafka;
    private final List<Member> brokers = new ArrayList<>();
    private final List<Member> stages = new ArrayList<>();

    private Fleet(Path folder, List<NodeFixture> shops, PostgresCluster postgres) throws Exception {
        this.folder = folder;
        this.shops = shops;
        this.names = Stream.concat(STAGES.stream(), shops.isEmpty() ? Stream.of() : STAGES_FOR_SHOPS.stream())
                .toList();
        this.certificate = SelfSignedCertificate.in(folder.resolve("tls"), List.of("localhost", "127.0.0.1"));
        this.postgres = postgres;
        this.s3 = new LocalS3(folder.resolve("s3"));
        names.forEach(stage -> toBrokers.put(stage, new ArrayList<>()));
        this.kafka = ThreeBrokers.start(folder.resolve("kafka"), TopicLayout.ofCluster(3), names, this::link);
    }

    /**
     * Starts all, and waits until all are ready. Skips the test where PostgreSQL is not installed.
     *
     * @param home the folders of the drop folders
     * @param shops whose agents send logs; the name of a shop is that of its folder
     */
    static Fleet start(NodeFixture home, List<NodeFixture> shops) throws Exception {
        Optional<PostgresCluster> postgres = PostgresCluster.start();
        assumeTrue(postgres.isPresent(), "skipped: PostgreSQL is not installed");
        Fleet fleet = new Fleet(home.folder(), shops, postgres.orElseThrow());
        try {
            fleet.startMembers();
            return fleet;
        } catch (Exception | Error e) {
            fleet.close();
            throw e;
        }
    }

    private int link(String client, int broker, int port) throws IOException {
        Link link = new Link(port);
        Objects.requireNonNull(toBrokers.get(client)).add(link);
        return link.port();
    }

    private void startMembers() throws Exception {
        for (int broker = 0; broker < ThreeBrokers.SIZE; broker++) {
            int number = broker;
            List<Link> links =
                    toBrokers.values().stream().map(all -> all.get(number)).toList();
            brokers.add(new Member(
                    "broker-" + number, ClusterBroker.READY, kafka.get(number), () -> kafka.start(number), links));
        }
        postgres.database("fleet");
        for (String name : names) {
            if (!name.startsWith("analyzer")) {
                toStorage.put(
                        name,
                        new Link(
                                name.equals(DASHBOARD)
                                        ? postgres.port()
                                        : s3.endpoint().getPort()));
            }
            String ready = name.equals(DASHBOARD) ? "runs of " : READY;
            stages.add(new Member(name, ready, stage(name), () -> stage(name), links(name)));
        }
        awaitReady();
        for (NodeFixture shop : shops) {
            startAgent(shop.folder().getFileName().toString());
        }
        awaitReady();
    }

    private void awaitReady() {
        for (Member stage : stages) {
            await().atMost(MAX_WAIT).until(() -> {
                stage.supervise();
                return stage.isReady();
            });
        }
    }

    private void startAgent(String shop) throws Exception {
        Link line = new Link(doors.get(0), doors.get(1));
        fromAgents.add(line);
        DynoPc pc = DynoPc.of(
                folder.resolve(shop).resolve(COMPUTER),
                shop,
                new KafkaClients(kafka.client(), Namespace.DEFAULT),
                Optional.of(certificate.certificate()));
        Member.Start start = () -> pc.start("https://localhost:" + line.port(), Map.of());
        stages.add(new Member("agent-" + fromAgents.size(), READY, start.run(), start, List.of(line)));
    }

    private List<Link> links(String stage) {
        List<Link> links = new ArrayList<>(Objects.requireNonNull(toBrokers.get(stage)));
        Optional.ofNullable(toStorage.get(stage)).ifPresent(links::add);
        return links;
    }

    private CommandProcess stage(String name) throws IOException {
        String stage = name.replaceAll("-[0-9]$", "");
        Map<String, String> flags = new TreeMap<>();
        flags.put(
                "--bootstrap",
                Objects.requireNonNull(toBrokers.get(name)).stream()
                        .map(link -> "127.0.0.1:" + link.port())
                        .collect(Collectors.joining(",")));
        flags.put("--data", "data-" + name);
        flags.put("--drop", stage.equals("ingest") ? name.replace(stage, "drop") : DROPS.get(0));
        flags.put("--port", "0");
        List<String> line = new ArrayList<>(List.of(stage));
        if (stage.equals(DASHBOARD)) {
            flags.put("--catalogue", "jdbc:postgresql://127.0.0.1:" + storagePort(name) + "/fleet?user=postgres");
        } else {
            flags.put("--settle", "0.2");
            flags.put("--poll", "0.2");
            line.addAll(List.of("--take-existing", "--log-to-console"));
        }
        if (WITH_BUCKET.contains(stage)) {
            flags.put("--store", LocalS3.ADDRESS);
            flags.put("--runs", LocalS3.ADDRESS);
            flags.put("--s3-endpoint", "http://127.0.0.1:" + storagePort(name));
            flags.put("--s3-region", "us-east-1");
            line.add("--s3-path-style");
        }
        flags.forEach((flag, value) -> line.addAll(List.of(flag, value)));
        Map<String, String> settings = new HashMap<>(CREDENTIALS);
        if (stage.equals("intake")) {
            settings.put("DYNOAI_INTAKE", doors.get(name.endsWith("1") ? 0 : 1).toString());
            settings.put("DYNOAI_INTAKE_HOST", "127.0.0.1");
            settings.put("DYNOAI_TLS_CERT", certificate.certificate().toString());
            settings.put("DYNOAI_TLS_KEY", certificate.key().toString());
        }
        return CommandProcess.start(folder, settings, line.toArray(String[]::new));
    }

    private int storagePort(String stage) {
        return Objects.requireNonNull(toStorage.get(stage)).port();
    }

    /** Returns the runs in the bucket. */
    RunShelf runs() throws Exception {
        StorageAccess access = new StorageAccess(Optional.of(s3.endpoint()), true, Optional.of("us-east-1"));
        return new StorageLocation(LocalS3.ADDRESS, access).shelf(folder.resolve("reader"), "reader");
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
                + stages.get(STAGES.indexOf(DASHBOARD)).process().awaitPort(PAGE) + "/";
    }

    /** Returns properties of a client past every link. */
    Map<String, Object> client() {
        return kafka.client();
    }

    @Override
    public void close() throws IOException {
        stages.forEach(Member::close);
        kafka.close();
        for (List<Link> links : toBrokers.values()) {
            for (Link link : links) {
                link.close();
            }
        }
        for (Link link : toStorage.values()) {
            link.close();
        }
        for (Link link : fromAgents) {
            link.close();
        }
        s3.close();
        postgres.close();
    }
}
