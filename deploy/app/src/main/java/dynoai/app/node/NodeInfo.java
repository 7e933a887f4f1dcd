package dynoai.app.node;

import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.AtomicFile.Durability;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.kafka.Namespace;
import java.io.IOException;
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
        Path runs,
        Path store,
        Optional<String> page,
        String health) {
    private static final String FILE = "node.json";

    public static NodeInfo of(NodeSettings settings, String bootstrap, NodeWeb web) {
        return new NodeInfo(
                ProcessHandle.current().pid(),
                startOf(ProcessHandle.current()),
                bootstrap,
                settings.kafka().namespace(),
                settings.folder().root().toAbsolutePath().normalize(),
                settings.runs().toAbsolutePath().normalize(),
                Path.of(settings.folder().store().location()).toAbsolutePath().normalize(),
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
                Path.of(json.at("runs").text()),
                Path.of(json.at("store").text()),
                Optional.of(json.at("page").text()).filter(page -> !page.isEmpty()),
                json.at("health").text()));
    }

    /** A node of version 1.0 wrote none. */
    private static Namespace namespace(String text) {
        return text.isEmpty() ? Namespace.DEFAULT : new Namespace(text);
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
        json.put("page", page.orElse(""));
        json.put("health", health);
        AtomicFile.write(data.resolve(FILE), Durability.NONE, out -> out.write(Json.write(json)));
    }
}
