package dynoai.schemas.option;

import dynoai.schemas.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A case with known results: a folder with a log, its options in {@code case.json}, and expectations in
 * {@code expected/{math version}}.
 *
 * @param given the options as written; base tables are named relative to the folder
 */
public record CaseFolder(Path home, Path log, Map<String, String> given) {
    private static final String DESCRIPTION = "case.json";

    /** Returns the cases at or below a folder, by path. */
    public static List<CaseFolder> in(Path root) throws IOException {
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
        Path home = description.toRealPath().resolveSibling(".").normalize();
        Map<?, ?> json = Json.readObject(Files.readAllBytes(description));
        Map<String, String> given = new LinkedHashMap<>();
        if (json.get("options") instanceof Map<?, ?> options) {
            options.forEach((key, value) -> given.put((String) key, String.valueOf(value)));
        }
        return new CaseFolder(home, home.resolve(String.valueOf(json.get("log"))), given);
    }

    public String name() {
        return home.getFileName().toString();
    }

    /** Returns the math versions with expectations. */
    public List<String> versions() throws IOException {
        try (Stream<Path> found = Files.list(home.resolve("expected"))) {
            return found.map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    /** Returns the folder with the expectations of a math version. */
    public Path expected(String version) {
        return home.resolve("expected").resolve(version);
    }

    /** Returns the options with absolute base tables. The replay version requires accepting its inverted sign for them. */
    public Map<String, String> texts(String version) {
        Map<String, String> options = new LinkedHashMap<>(given);
        options.put(Option.MATH_VERSION.key(), version);
        for (Option table : new Option[] {Option.BASE_FRONT, Option.BASE_REAR}) {
            options.computeIfPresent(
                    table.key(), (key, file) -> home.resolve(file).toString());
        }
        if (MathVersion.TOOLKIT_1_2.label().equals(version) && options.containsKey(Option.BASE_FRONT.key())) {
            options.put(Option.ACCEPT_INVERTED_SIGN.key(), "true");
        }
        return options;
    }

    public AnalysisOptions options(String version) throws InvalidOptionException {
        return AnalysisOptions.of(texts(version));
    }
}
