package dynoai.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.json.Json;
import dynoai.schemas.log.Channel;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The reference finds in the shared real logs what is expected there. */
class ReferenceRealLogsTest {
    static final Path LOGS = Path.of("..", "..", "..", "shared", "samples", "real_logs");

    static Map<String, Object> expectations() throws IOException {
        return Json.readObject(Files.readAllBytes(LOGS.resolve("expected.json")));
    }

    static AnalysisOptions options(Map<?, ?> expected) throws Exception {
        Map<String, String> given = new TreeMap<>();
        if (expected.get("options") instanceof Map<?, ?> options) {
            options.forEach((key, value) -> given.put((String) key, value.toString()));
        }
        return AnalysisOptions.of(given);
    }

    @Test
    void reference_findsWhatIsExpectedOfTheSharedLogs() throws Exception {
        // Given
        assumeTrue(Files.isDirectory(LOGS), "the shared real logs are not next to this repository");
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, Object> entry : expectations().entrySet()) {
            Map<?, ?> expected = (Map<?, ?>) entry.getValue();
            AnalysisOptions options = options(expected);
            byte[] log = Files.readAllBytes(LOGS.resolve(entry.getKey()));
            // When
            ReferenceReader.Result result = ReferenceReader.read(log, options);
            // Then
            for (String difference : differences(expected, result, options)) {
                differences.add(entry.getKey() + ": " + difference);
            }
        }
        assertThat(differences).isEmpty();
    }

    private static List<String> differences(
            Map<?, ?> expected, ReferenceReader.Result result, AnalysisOptions options) {
        List<String> differences = new ArrayList<>();
        ReferenceColumns columns = result.columns();
        Map<Cylinder, Map<Gate, Integer>> gates = new TreeMap<>();
        for (Cylinder cylinder : Cylinder.values()) {
            gates.put(cylinder, ReferenceReaderTest.gates(result, cylinder, options));
        }
        if (expected.get("outcome") != null) {
            boolean accepted = gates.values().stream().anyMatch(counted -> counted.containsKey(Gate.ACCEPTED));
            String outcome = result.isRejected() ? "refused" : accepted ? "map" : "empty";
            if (!outcome.equals(expected.get("outcome"))) {
                differences.add(outcome + " " + result.rejections() + ", not " + expected.get("outcome"));
            }
        }
        if (expected.get("columns") instanceof Map<?, ?> wanted) {
            wanted.forEach((key, header) -> {
                String found = columns.header(Channel.ofKey((String) key)).trim();
                List<?> any = header instanceof List<?> list ? list : List.of(header == null ? "" : header);
                if (!any.contains(found)) {
                    differences.add(key + " is '" + found + "', not " + any);
                }
            });
        }
        if (expected.get("never") instanceof List<?> never) {
            columns.found.forEach((channel, column) -> {
                if (never.contains(columns.headers.get(column).trim())) {
                    differences.add(channel + " is " + columns.headers.get(column));
                }
            });
        }
        if (expected.get("accepted") instanceof Map<?, ?> accepted) {
            accepted.forEach((key, count) -> {
                Cylinder cylinder = key.equals("front") ? Cylinder.FRONT : Cylinder.REAR;
                int found = gates.get(cylinder).getOrDefault(Gate.ACCEPTED, 0);
                if (found < ((Number) count).intValue()) {
                    differences.add(key + " accepts " + gates.get(cylinder) + ", not at least " + count);
                }
            });
        }
        if (expected.get("weighting") != null && result.hits() != "hits".equals(expected.get("weighting"))) {
            differences.add("hits is " + result.hits());
        }
        checkValue(differences, expected, "kpa", "kpa_tolerance", result, Channel.MAP_KPA);
        checkValue(differences, expected, "torque_top", "", result, Channel.TORQUE_FTLB);
        if (expected.get("says") instanceof List<?> says
                && says.contains("manifold")
                && !result.rejections().contains(FailureCode.MISSING_COLUMNS)) {
            differences.add("is not refused for a missing column");
        }
        return differences;
    }

    private static void checkValue(
            List<String> differences,
            Map<?, ?> expected,
            String key,
            String toleranceKey,
            ReferenceReader.Result result,
            Channel channel) {
        if (expected.get(key) instanceof Number number) {
            double tolerance = expected.get(toleranceKey) instanceof Number given ? given.doubleValue() : 0.5;
            if (result.rows().stream()
                    .noneMatch(row -> Math.abs(row[channel.ordinal()] - number.doubleValue()) <= tolerance)) {
                differences.add(channel + " is nowhere " + number);
            }
        }
    }
}
