package dynoai.automation.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.context.StrictJson;
import dynoai.schemas.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The accepted events of one recipe on disk, each in a folder named by shop and run, its idempotency key. {@code event.json}
 * is the event, {@code end.json} says how it ended.
 */
final class EventFolder {
    private static final String EVENT = "event.json";
    private static final String END = "end.json";

    private final Path root;

    EventFolder(Path root) {
        this.root = root;
    }

    Path of(RunCompleted event) {
        return root.resolve(event.shop()).resolve(event.runId());
    }

    /** Returns the folder of the recipe's run. */
    Path runOf(RunCompleted event) {
        return of(event).resolve("run");
    }

    /** Returns false if the event was accepted before. */
    boolean accept(RunCompleted event) throws IOException {
        Path file = of(event).resolve(EVENT);
        if (Files.exists(file)) {
            return false;
        }
        write(file, event.toJson());
        return true;
    }

    /** @param retries how often the recipe was run again for the event */
    void end(RunCompleted event, boolean ok, String message, int retries) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("ok", ok).put("message", message);
        if (retries > 0) {
            json.put("retries", retries);
        }
        write(of(event).resolve(END), json);
    }

    /** Returns an accepted event. */
    Optional<RunCompleted> find(String shop, String runId) throws IOException {
        Path file = root.resolve(shop).resolve(runId).resolve(EVENT);
        return Files.exists(file) && StrictJson.MAPPER.readTree(file.toFile()) instanceof ObjectNode json
                ? Optional.of(RunCompleted.fromJson(json))
                : Optional.empty();
    }

    /** Returns how an event ended; empty if it has not. */
    Optional<JsonNode> endOf(RunCompleted event) throws IOException {
        Path file = of(event).resolve(END);
        return Files.exists(file) ? Optional.of(StrictJson.MAPPER.readTree(file.toFile())) : Optional.empty();
    }

    /** Returns accepted events that have not ended, in order of shop and run. */
    List<RunCompleted> pending() throws IOException {
        List<RunCompleted> pending = new ArrayList<>();
        for (Path folder : folders()) {
            if (!Files.exists(folder.resolve(END))) {
                JsonNode json = StrictJson.MAPPER.readTree(folder.resolve(EVENT).toFile());
                if (json.isObject()) {
                    pending.add(RunCompleted.fromJson((ObjectNode) json));
                }
            }
        }
        return pending;
    }

    /** Returns how events ended, the latest last. */
    private List<JsonNode> ends() throws IOException {
        List<Ended> ends = new ArrayList<>();
        for (Path folder : folders()) {
            Path file = folder.resolve(END);
            if (Files.exists(file)) {
                ends.add(new Ended(Files.getLastModifiedTime(file), StrictJson.MAPPER.readTree(file.toFile())));
            }
        }
        return ends.stream()
                .sorted(Comparator.comparing(Ended::at))
                .map(Ended::json)
                .toList();
    }

    private record Ended(FileTime at, JsonNode json) {}

    /** Returns the status of the recipe after which the folder is named. */
    BindingStatus status() throws IOException {
        List<JsonNode> ends = ends();
        long failed = 0;
        String lastFailure = "";
        for (JsonNode end : ends) {
            if (!end.path("ok").asBoolean()) {
                failed++;
                lastFailure = end.path("message").asText();
            }
        }
        long waiting = Math.max(0, folders().size() - ends.size());
        return new BindingStatus(
                String.valueOf(root.getFileName()), waiting, ends.size() - failed, failed, 0, 0, lastFailure);
    }

    private List<Path> folders() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(root, 3)) {
            return tree.filter(file ->
                            file.endsWith(EVENT) && root.relativize(file).getNameCount() == 3)
                    .map(file -> file.resolveSibling(""))
                    .sorted()
                    .toList();
        }
    }

    private static void write(Path file, ObjectNode json) throws IOException {
        Files.createDirectories(AtomicFile.folderOf(file));
        AtomicFile.write(file, StrictJson.MAPPER.writeValueAsBytes(json));
    }
}
