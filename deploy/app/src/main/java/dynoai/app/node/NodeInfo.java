package dynoai.app.node;

import dynoai.app.storage.StorageAccess;
import dynoai.app.storage.StorageLocation;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.AtomicFile.Durability;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.kafka.Namespace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The latest node of a data directory. A file there holds it, so that other commands find the node's folders.
 *
 * @param started start time of the process; a later process may get the same pid
 * @param namespace of its pipeline on Kafka
 * @param page address of the live page; empty for a single stage
 * @param health address of health and metrics
 */
public record NodeInfo(
        long pid,
        String started,
        String bootstrap,
        Namespace namespace,
        Path drop,
        StorageLocation runs,
        StorageLocation store,
        Optional<String> page,
        String health) {
    private static final String FILE = "node.json";
    private static final String ENDPOINT = "s3_endpoint";
    private static final String PATH_STYLE = "s3_path_style";
    private static final String REGION = "s3_region";

    public static NodeInfo of(NodeSettings settings, String bootstrap, NodeWeb web) {
        return new NodeInfo(
                ProcessHandle.current().pid(),
                startOf(ProcessHandle.current()),
                bootstrap,
                settings.kafka().namespace(),
                settings.folder().root().toAbsolutePath().normalize(),
                settings.runs().absolute(),
                new StorageLocation(
                                settings.folder().store().location(),
                                settings.runs().access())
                        .absolute(),
                web.page(),
                web.health());
    }

    /** Returns the latest node of a data directory; empty if there was none. */
    public static Optional<NodeInfo> latest(Path data) throws IOException {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonTree json = JsonTree.read(file);
        return Optional.of(new NodeInfo(
                json.at("pid").whole(),
                json.at("started").text(),
                json.at("bootstrap").text(),
                namespace(json.at("namespace").text()),
                Path.of(json.at("drop").text()),
                new StorageLocation(json.at("runs").text(), access(json)),
                new StorageLocation(json.at("store").text(), access(json)),
                Optional.of(json.at("page").text()).filter(page -> !page.isEmpty()),
                json.at("health").text()));
    }

    /** A node of version 1.0 wrote none. */
    private static Namespace namespace(String text) {
        return text.isEmpty() ? Namespace.DEFAULT : new Namespace(text);
    }

    private static StorageAccess access(JsonTree json) {
        return new StorageAccess(
                Optional.of(json.at(ENDPOINT).text())
                        .filter(text -> !text.isEmpty())
                        .map(URI::create),
                json.at(PATH_STYLE).flag(),
                Optional.of(json.at(REGION).text()).filter(text -> !text.isEmpty()));
    }

    public boolean isRunning() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> startOf(process).equals(started))
                .isPresent();
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }

    public void write(Path data) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pid", pid);
        json.put("started", started);
        json.put("bootstrap", bootstrap);
        json.put("namespace", namespace.name());
        json.put("drop", drop.toString());
        json.put("runs", runs.toString());
        json.put("store", store.toString());
        StorageAccess access = runs.access();
        access.endpoint().ifPresent(endpoint -> json.put(ENDPOINT, endpoint.toString()));
        if (access.pathStyle()) {
            json.put(PATH_STYLE, true);
        }
        access.region().ifPresent(region -> json.put(REGION, region));
        json.put("page", page.orElse(""));
        json.put("health", health);
        AtomicFile.write(data.resolve(FILE), Durability.NONE, out -> out.write(Json.write(json)));
    }
}
