package dynoai.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A file for {@code --config} with which commands reach a broker. */
public final class ClientProperties {
    private static final String BOOTSTRAP = "bootstrap.servers";

    private ClientProperties() {}

    /** @param client the properties of a client, with its servers */
    public static Path write(Path file, Map<String, ?> client) throws IOException {
        StringBuilder properties = new StringBuilder("bootstrap=" + client.get(BOOTSTRAP) + "\n");
        client.forEach((name, value) -> {
            if (!name.equals(BOOTSTRAP)) {
                properties
                        .append("kafka.")
                        .append(name)
                        .append('=')
                        .append(value)
                        .append('\n');
            }
        });
        return Files.writeString(file, properties);
    }
}
