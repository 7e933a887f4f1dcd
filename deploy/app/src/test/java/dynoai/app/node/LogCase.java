package dynoai.app.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import dynoai.schemas.option.CaseFolder;
import dynoai.schemas.option.ConformanceCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A log with its options and one math version, from the golden or the conformance cases.
 *
 * @param place a valid shop and a valid cell, of this case alone
 * @param log file with the log's bytes
 * @param options with base tables as absolute paths
 * @param refused whether the log must be rejected
 */
record LogCase(String place, Path log, Map<String, String> options, boolean refused) {
    private static final Path GOLDEN = Path.of("..", "..", "exporter", "engine", "src", "test", "resources", "golden");

    static boolean hasShared() {
        return Files.isDirectory(ConformanceCases.CONFORMANCE);
    }

    /** Empty where the shared cases are not available. */
    static List<LogCase> shared() throws IOException {
        return of(ConformanceCases.all(), "shared");
    }

    static List<LogCase> golden() throws IOException {
        return of(CaseFolder.in(GOLDEN), "golden");
    }

    private static List<LogCase> of(List<CaseFolder> folders, String kind) throws IOException {
        List<LogCase> cases = new ArrayList<>();
        for (CaseFolder folder : folders) {
            for (String version : folder.versions()) {
                Path facts = folder.expected(version).resolve("facts.json");
                cases.add(new LogCase(
                        kind + "-" + folder.name() + "/" + version,
                        folder.log(),
                        folder.texts(version),
                        new ObjectMapper().readTree(facts.toFile()).has("refused")));
            }
        }
        return cases;
    }
}
