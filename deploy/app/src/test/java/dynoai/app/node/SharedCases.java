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

/** The conformance cases beside the repository, one per log and math version. */
final class SharedCases {
    private static final Path FOLDER = Path.of("..", "..", "..", "shared", "conformance");

    private SharedCases() {}

    /**
     * @param name of the case, a valid shop
     * @param version a math version, a valid cell
     * @param log the log's bytes lie here
     * @param options with base tables as absolute paths
     * @param refused whether the log must be refused
     */
    record SharedCase(String name, String version, Path log, Map<String, String> options, boolean refused) {}

    static boolean areThere() {
        return Files.isDirectory(FOLDER);
    }

    static List<SharedCase> all() throws IOException {
        List<SharedCase> cases = new ArrayList<>();
        try (Stream<Path> found = Files.walk(FOLDER)) {
            for (Path facts :
                    found.filter(path -> path.endsWith("facts.json")).sorted().toList()) {
                cases.add(of(facts));
            }
        }
        return cases;
    }

    private static SharedCase of(Path facts) throws IOException {
        Path home = facts.getParent().getParent().getParent().toRealPath();
        String version = facts.getParent().getFileName().toString();
        ObjectMapper json = new ObjectMapper();
        JsonNode description = json.readTree(home.resolve("case.json").toFile());
        Map<String, String> options = new LinkedHashMap<>();
        options.put("math_version", version);
        description.get("options").properties().forEach(option -> {
            String value = option.getValue().asText();
            boolean table = option.getKey().startsWith("base_");
            options.put(option.getKey(), table ? home.resolve(value).toString() : value);
        });
        return new SharedCase(
                home.getFileName().toString(),
                version,
                home.resolve(description.get("log").asText()),
                options,
                json.readTree(facts.toFile()).has("refused"));
    }
}
