package dynoai.app.node;

import dynoai.schemas.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the latest node of a data directory works or worked, kept there so that other commands find its folders.
 *
 * @param started when its process started; tells it from a later process of the same number
 * @param page address of the live page; empty where a stage runs alone
 */
public record NodeInfo(
        long pid, String started, String bootstrap, Path drop, Path runs, Path store, Optional<String> page) {
    private static final String FILE = "node.json";

    public static NodeInfo of(NodeSettings settings, String bootstrap, Optional<String> page) {
        return new NodeInfo(
                ProcessHandle.current().pid(),
                startOf(ProcessHandle.current()),
                bootstrap,
                settings.folder().root().toAbsolutePath().normalize(),
                settings.runs().toAbsolutePath().normalize(),
                settings.folder().store().toAbsolutePath().normalize(),
                page);
    }

    /** The latest node of a data directory; empty when there never was one. */
    public static Optional<NodeInfo> latest(Path data) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(data.resolve(FILE));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        if (!(Json.read(bytes) instanceof Map<?, ?> json) || !(json.get("pid") instanceof Long pid)) {
            return Optional.empty();
        }
        return Optional.of(new NodeInfo(
                pid,
                text(json, "started"),
                text(json, "bootstrap"),
                Path.of(text(json, "drop")),
                Path.of(text(json, "runs")),
                Path.of(text(json, "store")),
                Optional.of(text(json, "page")).filter(page -> !page.isEmpty())));
    }

    public boolean isRunning() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> startOf(process).equals(started))
                .isPresent();
    }

    private static String text(Map<?, ?> json, String key) {
        Object value = json.get(key);
        return value == null ? "" : value.toString();
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }

    public void write(Path data) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pid", pid);
        json.put("started", started);
        json.put("bootstrap", bootstrap);
        json.put("drop", drop.toString());
        json.put("runs", runs.toString());
        json.put("store", store.toString());
        json.put("page", page.orElse(""));
        Path fresh = Files.write(data.resolve(FILE + ".new"), Json.write(json));
        Files.move(fresh, data.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }
}
