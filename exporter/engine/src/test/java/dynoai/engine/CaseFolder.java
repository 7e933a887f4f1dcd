package dynoai.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.option.MathVersion;
import dynoai.schemas.option.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder with a log, its options in {@code case.json}, and expectations in {@code expected/{math version}}.
 *
 * @param given the options as written; base tables are named relative to the folder
 */
record CaseFolder(Path home, Path log, Map<String, String> given) {
    private static final String DESCRIPTION = "case.json";

    /** Returns the cases at or below a folder, by path. */
    static List<CaseFolder> in(Path root) throws IOException {
        try (Stream<Path> found = Files.walk(root)) {
            List<Path> descriptions =
                    found.filter(path -> path.endsWith(DESCRIPTION)).sorted().toList();
            List<CaseFolder> cases = new ArrayList<>();
            for (Path description : descriptions) {
                cases.add(read(description));
            }
            return cases;
        }
    }

    private static CaseFolder read(Path description) throws IOException {
        Path home = description.getParent();
        JsonNode json = new ObjectMapper().readTree(description.toFile());
        Map<String, String> given = new LinkedHashMap<>();
        json.path("options")
                .properties()
                .forEach(entry -> given.put(entry.getKey(), entry.getValue().asText()));
        return new CaseFolder(home, home.resolve(json.path("log").asText()), given);
    }

    String name() {
        return home.getFileName().toString();
    }

    /** Returns the math versions with expectations. */
    List<String> versions() throws IOException {
        try (Stream<Path> found = Files.list(home.resolve("expected"))) {
            return found.map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    ExpectedRun expected(String version) {
        return new ExpectedRun(home.resolve("expected").resolve(version));
    }

    /** Returns the options. The replay version requires accepting its inverted sign for base tables. */
    AnalysisOptions options(String version) throws InvalidOptionException {
        Map<String, String> options = new LinkedHashMap<>(given);
        options.put(Option.MATH_VERSION.key(), version);
        for (Option table : new Option[] {Option.BASE_FRONT, Option.BASE_REAR}) {
            options.computeIfPresent(
                    table.key(), (key, file) -> home.resolve(file).toString());
        }
        if (MathVersion.TOOLKIT_1_2.label().equals(version) && options.containsKey(Option.BASE_FRONT.key())) {
            options.put(Option.ACCEPT_INVERTED_SIGN.key(), "true");
        }
        return AnalysisOptions.of(options);
    }
}
