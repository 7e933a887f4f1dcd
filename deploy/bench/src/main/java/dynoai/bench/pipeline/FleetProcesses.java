package dynoai.bench.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An intake on loopback TLS as a process, alone or in {@code dynoai up}, and agents of shops. */
final class FleetProcesses implements AutoCloseable {
    private static final String INTAKE = "intake";
    private static final String NO_LIMIT = "1000000";

    private final Path root;
    private final Path home;
    private final int port;
    private final Path tls;
    private final List<String> reach;
    private final Map<String, String> secret;
    private final Node server;
    private final @Nullable StageProcesses stages;
    private final List<Node> agents = new ArrayList<>();

    private FleetProcesses(
            Path root,
            Path home,
            int port,
            Path data,
            List<String> reach,
            Map<String, String> secret,
            Node server,
            @Nullable StageProcesses stages) {
        this.root = root;
        this.home = home;
        this.port = port;
        this.tls = data.resolve("tls");
        this.reach = reach;
        this.secret = secret;
        this.server = server;
        this.stages = stages;
    }

    /**
     * Starts {@code dynoai intake} around a broker in this JVM.
     *
     * @param others stages that are started before; without admit nothing happens to what the intake accepts
     */
    static FleetProcesses intake(Path root, Path home, String... others) throws Exception {
        StageProcesses stages = StageProcesses.startBroker(root, home);
        boolean started = false;
        try {
            for (String other : others) {
                stages.start(other);
            }
            int port = Node.freePort();
            stages.start(INTAKE, flags(port).toArray(String[]::new));
            FleetProcesses fleet = new FleetProcesses(
                    root,
                    home,
                    port,
                    home.resolve("data-" + INTAKE),
                    Node.bootstrap(stages.client()),
                    Node.secret(stages.client()),
                    stages.running(INTAKE),
                    stages);
            started = true;
            return fleet;
        } finally {
            if (!started) {
                stages.close();
            }
        }
    }

    /** Starts {@code dynoai up --intake}. */
    static FleetProcesses node(Path root, Path home) throws IOException, InterruptedException {
        int port = Node.freePort();
        Node server = Node.start(root, home, flags(port));
        server.awaitReady();
        Path data = home.resolve("data");
        return new FleetProcesses(root, home, port, data, List.of("--data", data.toString()), Map.of(), server, null);
    }

    private static List<String> flags(int port) {
        return List.of(
                "--intake",
                String.valueOf(port),
                "--intake-host",
                "127.0.0.1",
                "--tls-self-signed",
                "localhost",
                "--audit",
                "audit.jsonl");
    }

    /** Returns the process of the intake. */
    Node server() {
        return server;
    }

    /** Returns the stages around the broker, if the intake is one of them. */
    StageProcesses stages() {
        return Objects.requireNonNull(stages);
    }

    /** Returns a folder among the working directories. */
    Path folder(String name) {
        return home.resolve(name);
    }

    int port() {
        return port;
    }

    Path certificate() {
        return tls.resolve("cert.pem");
    }

    Path key() {
        return tls.resolve("key.pem");
    }

    /** Makes a token of a shop with the default limits. */
    String token(String shop) throws IOException, InterruptedException {
        return shops("add", shop);
    }

    /** Makes a token of a shop that may send as fast as it can. */
    String fastToken(String shop) throws IOException, InterruptedException {
        shops("limits", shop, "--requests-per-second", NO_LIMIT, "--bytes-per-day", NO_LIMIT + NO_LIMIT.substring(1));
        return token(shop);
    }

    private String shops(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(root.resolve("dynoai").toString(), "shops"));
        line.addAll(List.of(arguments));
        line.addAll(reach);
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectError(home.resolve("shops.log").toFile());
        builder.environment().putAll(secret);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(Files.readString(home.resolve("shops.log")));
        }
        return said;
    }

    /** Starts {@code dynoai agent} of a shop. */
    Node agent(String shop) throws IOException, InterruptedException {
        Path place = Files.createDirectories(home.resolve(shop));
        Path token = Files.writeString(place.resolve("token"), token(shop));
        return agent(
                place,
                List.of(
                        root.resolve("dynoai").toString(),
                        "agent",
                        "--to",
                        "https://localhost:" + port,
                        "--token-file",
                        token.toString(),
                        "--ca",
                        certificate().toString()));
    }

    /** Starts an agent with the command line of another one, in a place of its own. */
    Node agent(Path place, List<String> line) throws IOException {
        Node agent = Node.run(place, line);
        agents.add(agent);
        return agent;
    }

    @Override
    public void close() {
        agents.forEach(Node::close);
        server.close();
        if (stages != null) {
            stages.close();
        }
    }
}
