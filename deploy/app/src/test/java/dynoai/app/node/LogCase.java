package dynoai.app.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A log with its options and one math version, from the golden cases or from the shared conformance cases.
 *
 * @param place a valid shop and a valid cell, of this case alone
 * @param log file with the log's bytes
 * @param options with base tables as absolute paths
 * @param refused whether the log must be rejected
 */
record LogCase(String place, Path log, Map<String, String> options, boolean refused) {
    private static final Path SHARED = Path.of("..", "..", "..", "shared", "conformance");
    private static final Path GOLDEN = Path.of("..", "..", "exporter", "engine", "src", "test", "resources", "golden");
    private static final String REPLAY = "toolkit-1.2";

    static boolean hasShared() {
        return Files.isDirectory(SHARED);
    }

    /** Empty where the shared cases are not available. */
    static List<LogCase> shared() throws IOException {
        return hasShared() ? in(SHARED, "shared") : List.of();
    }

    static List<LogCase> golden() throws IOException {
        return in(GOLDEN, "golden");
    }

    private static List<LogCase> in(Path folder, String kind) throws IOException {
        List<LogCase> cases = new ArrayList<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path facts :
                    found.filter(path -> path.endsWith("facts.json")).sorted().toList()) {
                cases.add(of(facts, kind));
            }
        }
        return cases;
    }

    private static LogCase of(Path facts, String kind) throws IOException {
        Path home = facts.getParent().getParent().getParent().toRealPath();
        String version = facts.getParent().getFileName().toString();
        ObjectMapper json = new ObjectMapper();
        JsonNode description = json.readTree(home.resolve("case.json").toFile());
        Map<String, String> options = new LinkedHashMap<>();
        options.put("math_version", version);
        description.path("options").properties().forEach(option -> {
            String value = option.getValue().asText();
            boolean table = option.getKey().startsWith("base_");
            options.put(option.getKey(), table ? home.resolve(value).toString() : value);
        });
        if (version.equals(REPLAY) && options.containsKey("base_front")) {
            options.put("accept_inverted_sign", "true");
        }
        return new LogCase(
                kind + "-" + home.getFileName() + "/" + version,
                home.resolve(description.get("log").asText()),
                options,
                json.readTree(facts.toFile()).has("refused"));
    }
}
