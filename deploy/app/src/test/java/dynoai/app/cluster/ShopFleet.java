package dynoai.app.cluster;

import static org.awaitility.Awaitility.await;

import dynoai.agent.Agent;
import dynoai.agent.AgentEvents;
import dynoai.app.CommandProcess;
import dynoai.app.agent.DynoPc;
import dynoai.app.intake.SelfSignedCertificate;
import dynoai.app.node.NodeFixture;
import dynoai.app.node.StagesApart;
import dynoai.broker.FreePorts;
import dynoai.exporter.shelf.FolderShelf;
import dynoai.intake.CuttingProxy;
import dynoai.intake.Intake;
import dynoai.intake.IntakeSettings;
import dynoai.intake.event.IntakeEvents;
import dynoai.intake.http.HttpLimits;
import dynoai.intake.tls.TlsFiles;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.stage.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Shops with agents, two intakes with TLS, two admits, an analyzer and an exporter as processes, around a broker that is one too.
 * Each shop has a hazard of its own:
 *
 * <ul>
 *   <li>north: the line to the intakes is cut after numbers of bytes.
 *   <li>harbour: its uploads are cut at numbers of their bytes. The proxy must see them, so it speaks plain HTTP to the agent.
 *   <li>island: the test decides when it has a line.
 *   <li>twins: two computers.
 *   <li>south: its agent is in this process, with a clock that is a year off, and its intake has a store that can be full.
 * </ul>
 */
final class ShopFleet implements AutoCloseable {
    private static final Duration MAX_WAIT = Duration.ofMinutes(4);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final String READY = "ready    ";
    private static final int LOGS_PER_SHOP = 10_000;

    private final Path folder;
    private final StagesApart stages;
    private final KafkaClients kafka;
    private final SelfSignedCertificate certificate;
    private final List<Integer> ports = FreePorts.distinct(2);
    private final List<Member> members = new ArrayList<>();
    private final List<Stage> parts = new ArrayList<>();
    private final List<NodeFixture> homes = new ArrayList<>();
    private final FillingStore fillingStore;
    private final List<Link> lines = new ArrayList<>();
    private final CuttingProxy cutUploads;
    private final NodeFixture north;
    private final NodeFixture harbour;
    private final NodeFixture island;
    private final NodeFixture twins;
    private final NodeFixture south;

    private ShopFleet(Path folder) throws Exception {
        this.folder = folder;
        this.certificate = SelfSignedCertificate.in(folder.resolve("tls"), List.of("localhost", "127.0.0.1"));
        this.stages = StagesApart.start(folder, List.of("analyzer", "exporter"));
        this.kafka = new KafkaClients(stages.client(), Namespace.DEFAULT);
        this.fillingStore = new FillingStore(folder.resolve("store"));
        for (int i = 0; i < 3; i++) {
            lines.add(new Link(ports.get(0), ports.get(1)));
        }
        SSLContext trusting = trusting(certificate.certificate());
        this.cutUploads = new CuttingProxy(() -> trusting.getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), lines.get(1).port()));
        this.north = home("north", "pc");
        this.harbour = home("harbour", "pc");
        this.island = home("island", "pc");
        this.twins = home("twins", "left", "right");
        this.south = home("south", "pc");
    }

    private NodeFixture home(String shop, String... computers) throws IOException {
        NodeFixture home = NodeFixture.ofShop(folder.resolve(shop), homes.size() * LOGS_PER_SHOP, computers);
        homes.add(home);
        return home;
    }

    /** Starts all, and waits until all are ready. */
    static ShopFleet start(Path folder) throws Exception {
        ShopFleet fleet = new ShopFleet(folder);
        try {
            fleet.startMembers();
            return fleet;
        } catch (Exception | Error e) {
            fleet.close();
            throw e;
        }
    }

    private void startMembers() throws Exception {
        for (int i = 1; i <= ports.size(); i++) {
            String intake = "intake-" + i;
            int port = ports.get(i - 1);
            add(intake, () -> startIntake(intake, port), List.of());
            String admit = "admit-" + i;
            add(admit, () -> stages.start(admit), List.of());
        }
        agent("agent-1", "north", "pc", secure(line()), List.of(line()));
        agent("agent-2", "harbour", "pc", "http://127.0.0.1:" + cutUploads.port(), List.of(lines.get(1)));
        agent("island-agent", "island", "pc", secure(lineOfIsland()), List.of(lineOfIsland()));
        agent("left-agent", "twins", "left", secure(line()), List.of());
        agent("right-agent", "twins", "right", secure(line()), List.of());
        startSouth();
        await().atMost(MAX_WAIT).until(() -> {
            supervise();
            for (Member member : members) {
                if (!member.isReady()) {
                    return false;
                }
            }
            return true;
        });
    }

    private void add(String name, Member.Start start, List<Link> links) throws IOException {
        members.add(new Member(name, READY, start.run(), start, links));
    }

    private void agent(String name, String shop, String computer, String intake, List<Link> links) throws Exception {
        DynoPc pc = computer(shop, computer);
        add(name, () -> pc.start(intake, Map.of()), links);
    }

    private DynoPc computer(String shop, String computer) throws Exception {
        return DynoPc.of(folder.resolve(shop).resolve(computer), shop, kafka, Optional.of(certificate.certificate()));
    }

    private static String secure(Link line) {
        return "https://localhost:" + line.port();
    }

    private CommandProcess startIntake(String name, int port) throws IOException {
        Map<String, String> settings = new HashMap<>(CommandProcess.kafka(stages.client()));
        settings.put("DYNOAI_INTAKE", Integer.toString(port));
        settings.put("DYNOAI_INTAKE_HOST", "127.0.0.1");
        settings.put("DYNOAI_TLS_CERT", certificate.certificate().toString());
        settings.put("DYNOAI_TLS_KEY", certificate.key().toString());
        String[] line = ("intake --replication 1 --store store --runs runs --port 0 --data data-" + name).split(" ");
        return CommandProcess.start(folder, settings, line);
    }

    private void startSouth() throws Exception {
        Intake intake = Intake.start(
                new IntakeSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Optional.of(new TlsFiles(certificate.certificate(), certificate.key(), Optional.empty())),
                        fillingStore,
                        new FolderShelf(folder.resolve("runs"), "south"),
                        HttpLimits.DEFAULT),
                kafka,
                new IntakeEvents() {});
        parts.add(intake);
        Clock clock = Clock.offset(Clock.systemUTC(), YEAR);
        parts.add(Agent.start(
                computer("south", "pc").settings("https://localhost:" + intake.port(), clock), new AgentEvents() {}));
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "intake", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    /** Starts members again that ended before they were ready. */
    void supervise() throws IOException {
        for (Member member : members) {
            member.supervise();
        }
    }

    /** Returns those that faults hit: intakes, admits, and the agents of north and harbour. */
    List<Member> victims() {
        return members.stream()
                .filter(member -> member.toString().matches("[a-z]+-[0-9]"))
                .toList();
    }

    List<Member> members() {
        return members;
    }

    /** Returns all shops. */
    List<NodeFixture> homes() {
        return homes;
    }

    NodeFixture north() {
        return north;
    }

    NodeFixture harbour() {
        return harbour;
    }

    NodeFixture island() {
        return island;
    }

    NodeFixture twins() {
        return twins;
    }

    NodeFixture south() {
        return south;
    }

    /** Returns the line of north and the twins. */
    Link line() {
        return lines.get(0);
    }

    Link lineOfIsland() {
        return lines.get(2);
    }

    /** Returns the proxy of harbour. */
    CuttingProxy cutUploads() {
        return cutUploads;
    }

    /** Returns the store of south's intake. */
    FillingStore fillingStore() {
        return fillingStore;
    }

    /** Returns properties of a client. */
    Map<String, Object> client() throws IOException {
        return Map.copyOf(stages.client());
    }

    @Override
    public void close() throws IOException {
        for (Stage part : parts) {
            part.close();
        }
        members.forEach(Member::close);
        stages.close();
        cutUploads.close();
        for (Link line : lines) {
            line.close();
        }
    }
}
