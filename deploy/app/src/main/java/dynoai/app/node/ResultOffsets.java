package dynoai.app.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.disk.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** How far the results were heard. It lies beside the events that were accepted, so it never tells more than these do. */
final class ResultOffsets {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final long since;
    private final Map<Integer, Long> next;

    private ResultOffsets(Path file, long since, Map<Integer, Long> next) {
        this.file = file;
        this.since = since;
        this.next = next;
    }

    /** @param now where the first start begins, in milliseconds */
    static ResultOffsets in(Path file, long now) throws IOException {
        Map<Integer, Long> next = new TreeMap<>();
        if (!Files.exists(file)) {
            ResultOffsets first = new ResultOffsets(file, now, next);
            first.write();
            return first;
        }
        JsonNode json = JSON.readTree(file.toFile());
        json.path("next")
                .properties()
                .forEach(partition -> next.put(
                        Integer.valueOf(partition.getKey()),
                        partition.getValue().asLong()));
        return new ResultOffsets(file, json.path("since").asLong(), next);
    }

    /** Runs that were completed before this are not told of. */
    long since() {
        return since;
    }

    long next(int partition) {
        return next.getOrDefault(partition, 0L);
    }

    void reached(Map<Integer, Long> offsets) throws IOException {
        next.putAll(offsets);
        write();
    }

    private void write() throws IOException {
        ObjectNode json = JSON.createObjectNode().put("since", since);
        ObjectNode partitions = json.putObject("next");
        next.forEach((partition, offset) -> partitions.put(partition.toString(), offset));
        WholeFile.write(file, JSON.writeValueAsBytes(json));
    }
}
