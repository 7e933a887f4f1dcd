package dynoai.agent;

import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an agent is: the content of {@code status.json} in its data folder.
 *
 * @param connected whether the latest call of the intake succeeded
 * @param error what is wrong with the connection, or empty
 * @param lastContact when the intake answered last; empty if it never did
 * @param page address of the page, or empty
 * @param logs those that are not archived, then the latest that are
 */
public record AgentStatus(
        String name,
        String version,
        String intake,
        String drop,
        long pid,
        Instant started,
        boolean connected,
        String error,
        Optional<Instant> lastContact,
        String page,
        List<Log> logs) {
    private static final String FILE = "status.json";

    /**
     * A log in the drop folder.
     *
     * @param file relative to the drop folder
     * @param state a word
     * @param runId empty before the claim
     * @param detail a reason, or empty
     * @param sent bytes that the intake has, while the log is being sent
     */
    public record Log(String file, String state, String runId, String detail, long sent, long size) {
        private Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("file", file);
            map.put("state", state);
            map.put("run_id", runId);
            map.put("detail", detail);
            map.put("sent", sent);
            map.put("size", size);
            return map;
        }

        private static Log of(JsonTree log) {
            return new Log(
                    log.at("file").text(),
                    log.at("state").text(),
                    log.at("run_id").text(),
                    log.at("detail").text(),
                    log.at("sent").whole(),
                    log.at("size").whole());
        }
    }

    /** Whether the process still runs. */
    public boolean isRunning() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Returns the status as JSON values. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("version", version);
        map.put("intake", intake);
        map.put("drop", drop);
        map.put("pid", pid);
        map.put("started", started.toString());
        map.put("connected", connected);
        map.put("error", error);
        map.put("last_contact", lastContact.map(Instant::toString).orElse(null));
        map.put("page", page);
        List<Object> all = new ArrayList<>();
        logs.forEach(log -> all.add(log.toMap()));
        map.put("logs", all);
        return map;
    }

    void writeTo(Path data) throws IOException {
        AtomicFile.write(data.resolve(FILE), AtomicFile.Durability.NONE, out -> out.write(Json.write(toMap())));
    }

    /** Reads the status of the latest agent of a data folder; empty if none ran there. */
    public static Optional<AgentStatus> read(Path data) throws IOException {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonTree status = JsonTree.read(file);
        String contact = status.at("last_contact").text();
        return Optional.of(new AgentStatus(
                status.at("name").text(),
                status.at("version").text(),
                status.at("intake").text(),
                status.at("drop").text(),
                status.at("pid").whole(),
                Instant.parse(status.at("started").text()),
                status.at("connected").flag(),
                status.at("error").text(),
                contact.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(contact)),
                status.at("page").text(),
                status.at("logs").items().stream().map(Log::of).toList()));
    }
}
