package dynoai.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the broker of a data directory serves, so that other commands find it.
 *
 * @param bootstrap host and port
 * @param pid of the process it runs in
 * @param started ISO 8601, UTC
 */
public record Endpoint(String bootstrap, long pid, String started) {
    public static final String FILE = "endpoint.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    static Endpoint of(int port, Clock clock) {
        return new Endpoint(
                "127.0.0.1:" + port,
                ProcessHandle.current().pid(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** The endpoint of a node that is alive; empty when none was started there or its process is gone. */
    public static Optional<Endpoint> find(Path data) throws IOException {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(data.resolve(FILE)));
            Endpoint endpoint = new Endpoint(
                    json.path("bootstrap").asText(),
                    json.path("pid").asLong(),
                    json.path("started").asText());
            boolean alive =
                    ProcessHandle.of(endpoint.pid).map(ProcessHandle::isAlive).orElse(false);
            return alive ? Optional.of(endpoint) : Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    void write(Path data) throws IOException {
        Map<String, Object> json = new TreeMap<>(Map.of("bootstrap", bootstrap, "pid", pid, "started", started));
        Path temporary = data.resolve(FILE + ".tmp");
        Files.write(temporary, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
        Files.move(temporary, data.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void remove(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(FILE));
    }
}
