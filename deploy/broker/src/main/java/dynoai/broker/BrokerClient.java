package dynoai.broker;

import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.AtomicFile.Durability;
import dynoai.schemas.file.SecretFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How clients connect to an embedded broker: its address and its secret. {@value #FILE} in the data directory holds both, for
 * the owner only, in the format of Kafka's tools.
 */
public final class BrokerClient {
    /** Name of the file in the data directory. */
    public static final String FILE = "client.properties";

    static final String MECHANISM = "SCRAM-SHA-256";
    static final String PROTOCOL = "SASL_PLAINTEXT";

    private static final Logger LOG = LoggerFactory.getLogger(BrokerClient.class);
    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final String JAAS = "sasl.jaas.config";
    private static final String USER = "dynoai";
    private static final Pattern PASSWORD =
            Pattern.compile("password=\"([0-9a-f]{" + SecretFile.SECRET_CHARACTERS + "})\"");
    private static final String OWNER_ONLY = "rw-------";

    private final String secret;

    private BrokerClient(String secret) {
        this.secret = secret;
    }

    /** Returns the client of a data directory. A missing secret, or one that other users could read, is made new. */
    static BrokerClient in(Path data) throws IOException {
        Path file = data.resolve(FILE);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new BrokerClient(SecretFile.newSecret());
        }
        if (!isPrivate(file)) {
            LOG.warn("{} was not a file that only its owner can read; its secret is replaced", file);
            return new BrokerClient(SecretFile.newSecret());
        }
        Matcher password = PASSWORD.matcher(read(file).getOrDefault(JAAS, ""));
        return new BrokerClient(password.find() ? password.group(1) : SecretFile.newSecret());
    }

    /** Returns the client properties of the latest broker of a data directory; empty if there was none. */
    public static Optional<Map<String, String>> propertiesIn(Path data) throws IOException {
        Path file = data.resolve(FILE);
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    private static boolean isPrivate(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                        .equals(OWNER_ONLY);
    }

    private static Map<String, String> read(Path file) throws IOException {
        Properties read = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            read.load(in);
        }
        Map<String, String> properties = new TreeMap<>();
        read.stringPropertyNames().forEach(name -> properties.put(name, read.getProperty(name)));
        return properties;
    }

    /** Returns the JAAS entry of clients and of the listeners. */
    String jaas() {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + USER + "\" password=\""
                + secret + "\";";
    }

    Map<String, String> properties(String bootstrap) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(BOOTSTRAP, bootstrap);
        properties.put("security.protocol", PROTOCOL);
        properties.put("sasl.mechanism", MECHANISM);
        properties.put(JAAS, jaas());
        return properties;
    }

    /** Writes the file that other processes of the same user read. */
    void write(Path data, String bootstrap) throws IOException {
        StringBuilder text = new StringBuilder("# How Kafka clients of this user connect to the node's broker.\n");
        properties(bootstrap)
                .forEach((name, value) ->
                        text.append(name).append('=').append(value).append('\n'));
        AtomicFile.write(
                data.resolve(FILE),
                Durability.FULL,
                out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    }
}
