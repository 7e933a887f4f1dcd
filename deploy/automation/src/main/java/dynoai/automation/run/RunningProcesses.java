package dynoai.automation.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dynoai.automation.context.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The processes of a run's shell steps, recorded on disk. They may survive when this process is killed; a resumed run ends
 * them before it starts the same steps again.
 */
final class RunningProcesses implements AutoCloseable {
    private final Path folder;
    private final Map<String, ProcessGroup> alive = new ConcurrentHashMap<>();
    private final Thread onExit = new Thread(this::endAll, "end-shell-steps");

    RunningProcesses(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    void started(String id, ProcessGroup group) throws IOException {
        alive.put(id, group);
        ProcessHandle process = group.leader();
        Files.writeString(
                note(id),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("pid", process.pid())
                        .put("started", startOf(process))
                        .put("mark", group.mark().text())
                        .toString());
    }

    void ended(String id) throws IOException {
        alive.remove(id);
        Files.deleteIfExists(note(id));
    }

    /** Ends processes that an earlier, killed run left. A process that reuses the number of one of them is not touched. */
    void endLeftOvers() throws IOException {
        try (Stream<Path> notes = Files.list(folder)) {
            for (Path note : (Iterable<Path>) notes::iterator) {
                endLeftOver(note);
                Files.deleteIfExists(note);
            }
        }
    }

    private static void endLeftOver(Path note) {
        try {
            JsonNode json = StrictJson.MAPPER.readTree(note.toFile());
            StepMark mark = StepMark.of(json.path("mark").asText());
            ProcessHandle.of(json.path("pid").asLong(-1))
                    .filter(process -> !startOf(process).isEmpty()
                            && startOf(process).equals(json.path("started").asText()))
                    .ifPresent(process -> ProcessGroup.of(process, mark).endNow());
            ProcessGroup.endMarked(mark);
        } catch (IOException | IllegalArgumentException ignored) { // the note was not completely written
            return;
        }
    }

    private void endAll() {
        alive.values().forEach(ProcessGroup::endNow);
    }

    private Path note(String id) {
        return folder.resolve(id + ".json");
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Object::toString).orElse("");
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException ignored) {
            // the JVM exits and the hook runs
        }
    }
}
