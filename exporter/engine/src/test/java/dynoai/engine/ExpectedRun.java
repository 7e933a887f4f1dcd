package dynoai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.option.CaseFolder;
import dynoai.schemas.run.ManifestSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The expectation of a case: files byte by byte, and the facts of the JSON files. */
record ExpectedRun(Path folder) {
    static final String FACTS = "facts.json";
    private static final double SCORE_BUDGET = 1e-9;

    static ExpectedRun of(CaseFolder folder, String version) {
        return new ExpectedRun(folder.expected(version));
    }

    JsonNode facts() throws IOException {
        return json(folder.resolve(FACTS));
    }

    /** Returns the title of the rejection; empty if the log must be analysed. */
    String refusal() throws IOException {
        return facts().path("refused").asText("");
    }

    /** Returns the files that are compared byte by byte. */
    List<String> files() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(FACTS))
                    .sorted()
                    .toList();
        }
    }

    void assertMatches(Path run) throws IOException {
        for (String file : files()) {
            assertThat(run.resolve(file)).as(file).exists();
            assertThat(bytes(run.resolve(file))).as(file).isEqualTo(bytes(folder.resolve(file)));
        }
        byte[] manifest = Files.readAllBytes(run.resolve("manifest.json"));
        ManifestSchema.assertValid(manifest);
        JsonNode expected = facts();
        assertCounts(new ObjectMapper().readTree(manifest), expected);
        assertAnomalies(json(run.resolve("Anomaly_Hypotheses.json")).get("anomalies"), expected.get("anomalies"));
    }

    private static void assertCounts(JsonNode manifest, JsonNode expected) {
        assertThat(manifest.at("/ok").asBoolean()).isTrue();
        assertThat(manifest.at("/input/format")).isEqualTo(expected.get("format"));
        assertThat(manifest.at("/input/rows")).isEqualTo(expected.get("rows"));
        assertThat(manifest.at("/stats/rows_read")).isEqualTo(expected.get("rows"));
        assertThat(manifest.at("/stats/rows_unreadable")).isEqualTo(expected.get("unreadable"));
        long accepted = 0;
        for (String cylinder : List.of("front", "rear")) {
            JsonNode found = manifest.at("/diagnostics/" + cylinder);
            expected.get(cylinder)
                    .properties()
                    .forEach(counter -> assertThat(found.get(counter.getKey()))
                            .as(cylinder + " " + counter.getKey())
                            .isEqualTo(counter.getValue()));
            accepted += expected.get(cylinder).get("accepted_wb").asLong();
            assertMad(cylinder, found.at("/per_bin_stats/mad"), expected.get("mad_" + cylinder));
        }
        assertThat(manifest.get("valid_afr_samples").asLong()).isEqualTo(accepted);
    }

    private static void assertMad(String cylinder, JsonNode found, JsonNode expected) {
        assertThat(found).hasSize(GridAxes.RPM_COUNT);
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            assertThat(madOf(found, cell))
                    .as(cylinder + " MAD at " + GridAxes.rpmOfCell(cell) + " rpm, " + GridAxes.kpaOfCell(cell) + " kPa")
                    .isEqualTo(madOf(expected, cell));
        }
    }

    private static Double madOf(JsonNode rows, int cell) {
        JsonNode value = rows.get(cell / GridAxes.KPA_COUNT).get(cell % GridAxes.KPA_COUNT);
        return value.isNull() ? Double.NaN : value.doubleValue();
    }

    private static void assertAnomalies(JsonNode found, JsonNode expected) {
        assertThat(found.findValuesAsText("type")).isEqualTo(expected.findValuesAsText("type"));
        for (int i = 0; i < expected.size(); i++) {
            JsonNode wanted = expected.get(i);
            JsonNode anomaly = found.get(i);
            String type = wanted.get("type").asText();
            double score = wanted.get("score").doubleValue();
            assertThat(anomaly.get("score").doubleValue())
                    .as(type)
                    .isCloseTo(score, within(Math.abs(score) * SCORE_BUDGET));
            for (String place : List.of("cell", "cells", "band")) {
                if (wanted.has(place)) {
                    assertThat(anomaly.get(place)).as(type).isEqualTo(wanted.get(place));
                }
            }
            assertThat(anomaly.get("explanation").asText()).as(type).isNotBlank();
            assertThat(anomaly.get("next_checks")).as(type).isNotEmpty();
        }
    }

    /** Returns one character per byte, for readable failures. */
    private static String bytes(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
