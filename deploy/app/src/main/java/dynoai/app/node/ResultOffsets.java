package dynoai.app.node;

import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The offsets up to which run results were passed to the recipes. Kept next to the accepted events, and never ahead of them. */
final class ResultOffsets {
    private final Path file;
    private final long since;
    private final Map<Integer, Long> next = new TreeMap<>();

    private ResultOffsets(Path file, long since) {
        this.file = file;
        this.since = since;
    }

    /** @param now when the first start begins, in milliseconds */
    static ResultOffsets in(Path file, long now) throws IOException {
        if (!Files.exists(file)) {
            ResultOffsets first = new ResultOffsets(file, now);
            first.write();
            return first;
        }
        JsonTree json = JsonTree.read(file);
        ResultOffsets offsets = new ResultOffsets(file, json.at("since").whole());
        if (json.at("next").value() instanceof Map<?, ?> next) {
            next.forEach((partition, offset) -> offsets.next.put(Integer.valueOf((String) partition), (Long) offset));
        }
        return offsets;
    }

    /** Runs that completed before this time, in milliseconds, are not passed on. */
    long since() {
        return since;
    }

    long next(int partition) {
        return next.getOrDefault(partition, 0L);
    }

    void advance(Map<Integer, Long> offsets) throws IOException {
        next.putAll(offsets);
        write();
    }

    private void write() throws IOException {
        Map<String, @Nullable Object> partitions = new TreeMap<>();
        next.forEach((partition, offset) -> partitions.put(partition.toString(), offset));
        AtomicFile.write(file, Json.write(Map.of("since", since, "next", partitions)));
    }
}
