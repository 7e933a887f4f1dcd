package dynoai.app.node;

import dynoai.broker.FreePorts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A Kafka as a company runs it: clients reach it by TLS alone, and only with a name and a password. */
final class SecuredBroker implements AutoCloseable {
    /** One user per stage, and one that creates the topics. */
    static final List<String> USERS = List.of("topics", "ingest", "analyzer", "exporter", "dashboard");

    static final String PASSWORD = "known-to-few";
    private static final String STORE_PASSWORD = "of-the-key";

    private final KafkaRaftServer server;
    private final String bootstrap;
    private final String inside;
    private final Path certificate;

    private SecuredBroker(KafkaRaftServer server, String bootstrap, String inside, Path certificate) {
        this.server = server;
        this.bootstrap = bootstrap;
        this.inside = inside;
        this.certificate = certificate;
    }

    static SecuredBroker start(Path folder) throws Exception {
        Path keys = folder.resolve("broker.p12");
        Path certificate = folder.resolve("broker.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                keys.toString(),
                "-storepass",
                STORE_PASSWORD);
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "broker",
                "-file",
                certificate.toString(),
                "-keystore",
                keys.toString(),
                "-storepass",
                STORE_PASSWORD);
        Path data = folder.resolve("secured");
        new Formatter()
                .setPrintStream(new PrintStream(PrintStream.nullOutputStream(), false, "UTF-8"))
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(data.toString())
                .addDirectory(data.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setScramArguments(USERS.stream()
                        .map(user -> "SCRAM-SHA-512=[name=" + user + ",password=" + PASSWORD + "]")
                        .toList())
                .run();
        int port = FreePorts.any();
        int inner = FreePorts.any();
        KafkaConfig config = KafkaConfig.fromProps(properties(data, keys, port, inner, FreePorts.any()), false);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        return new SecuredBroker(server, "127.0.0.1:" + port, "127.0.0.1:" + inner, certificate);
    }

    private static Properties properties(Path data, Path keys, int port, int inner, int controller) throws IOException {
        Properties settings = new Properties();
        settings.load(Files.newBufferedReader(Files.writeString(data.resolveSibling("server.properties"), """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%d
                listeners=OUTSIDE://127.0.0.1:%d,INSIDE://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
                listener.security.protocol.map=OUTSIDE:SASL_SSL,INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=INSIDE
                controller.listener.names=CONTROLLER
                log.dirs=%s
                sasl.enabled.mechanisms=SCRAM-SHA-512
                listener.name.outside.scram-sha-512.sasl.jaas.config=\
                org.apache.kafka.common.security.scram.ScramLoginModule required;
                ssl.keystore.location=%s
                ssl.keystore.password=%s
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                super.users=User:ANONYMOUS
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                group.initial.rebalance.delay.ms=0
                group.min.session.timeout.ms=1000
                """.formatted(
                        controller, port, inner, controller, data, keys, STORE_PASSWORD))));
        return settings;
    }

    String bootstrap() {
        return bootstrap;
    }

    /** Listener for administrators. */
    String inside() {
        return inside;
    }

    /** The trust store of clients. */
    Path certificate() {
        return certificate;
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        String said = Programs.run(Path.of("."), new byte[0], command);
        if (said.startsWith("FAILED")) {
            throw new IOException(said);
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
