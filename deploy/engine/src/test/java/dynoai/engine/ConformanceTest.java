package dynoai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dynoai.analyzer.run.RunAggregate;
import dynoai.exporter.BaseTables;
import dynoai.exporter.RunFacts;
import dynoai.exporter.diagnose.Anomaly;
import dynoai.exporter.table.GridCsv;
import dynoai.exporter.table.PasteReady;
import dynoai.ingest.log.LogPlan;
import dynoai.ingest.log.LogReader;
import dynoai.ingest.log.LogRefused;
import dynoai.ingest.log.LogSource;
import dynoai.ingest.log.ReadTotals;
import dynoai.schemas.AnalysisOptions;
import dynoai.schemas.Cylinder;
import dynoai.schemas.Gate;
import dynoai.schemas.Grid;
import dynoai.schemas.GridAxes;
import dynoai.schemas.Option;
import dynoai.schemas.RefusalCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every shared case, in every math version for which it has expectations: the same bytes, counters, MAD and anomalies. */
class ConformanceTest {
    private static final Path CASES = Path.of("..", "..", "..", "shared", "conformance");

    @TestFactory
    List<DynamicTest> sharedCases() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        if (!Files.isDirectory(CASES)) {
            System.out.println("Skipped: the shared conformance cases are not beside this repository");
            return tests;
        }
        try (Stream<Path> found = Files.walk(CASES)) {
            for (Path facts :
                    found.filter(path -> path.endsWith("facts.json")).sorted().toList()) {
                Path folder = facts.getParent();
                tests.add(DynamicTest.dynamicTest(CASES.relativize(folder).toString(), () -> check(folder, facts)));
            }
        }
        return tests;
    }

    private static void check(Path folder, Path factsFile) throws Exception {
        Path home = folder.getParent().getParent();
        JsonNode expected = new ObjectMapper().readTree(factsFile.toFile());
        JsonNode description =
                new ObjectMapper().readTree(home.resolve("case.json").toFile());
        AnalysisOptions options =
                options(description.get("options"), folder.getFileName().toString());
        LogSource log = LogSource.of(home.resolve(description.get("log").asText()));
        if (expected.has("refused")) {
            refused(log, options, expected.get("refused").asText());
            return;
        }
        LogPlan plan = LogReader.plan(log, options);
        RunAggregate aggregate = new RunAggregate(plan.description(), options);
        ReadTotals totals = LogReader.read(log, plan, 1, null, aggregate::fold);
        RunFacts facts = RunFacts.of(
                new RunFacts.InputLog("0".repeat(64), totals.bytes()),
                BaseTables.NONE,
                options,
                plan.description(),
                aggregate.grids(totals.rowsRead(), totals.unreadable()));
        sameFacts(facts, expected);
        Map<String, byte[]> files = files(facts);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path wanted = folder.resolve(file.getKey());
            if (Files.exists(wanted)) {
                assertThat(new String(file.getValue())).as(file.getKey()).isEqualTo(Files.readString(wanted));
            }
        }
    }

    private static AnalysisOptions options(JsonNode given, String version) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        options.put(Option.MATH_VERSION.key(), version);
        given.properties().forEach(entry -> {
            if (!entry.getKey().startsWith("base_")) {
                options.put(entry.getKey(), entry.getValue().asText());
            }
        });
        return AnalysisOptions.of(options);
    }

    private static void refused(LogSource log, AnalysisOptions options, String title) throws IOException {
        try {
            LogPlan plan = LogReader.plan(log, options);
            LogReader.read(log, plan, 1, null, block -> {});
        } catch (LogRefused refused) {
            assertThat(refused.refusal().code().title()).isEqualTo(title);
            assertThat(RefusalCode.valueOf(refused.refusal().code().name())).isNotNull();
            return;
        }
        throw new AssertionError("should have been refused: " + title);
    }

    private static void sameFacts(RunFacts facts, JsonNode expected) {
        assertThat(facts.description().format().key())
                .isEqualTo(expected.get("format").asText());
        assertThat(facts.grids().rowsRead()).isEqualTo(expected.get("rows").asLong());
        assertThat(facts.grids().unreadable())
                .isEqualTo(expected.get("unreadable").asLong());
        for (Cylinder cylinder : Cylinder.values()) {
            for (Gate gate : Gate.values()) {
                assertThat(facts.grids()
                                .of(cylinder)
                                .gates()
                                .get(gate.ordinal())
                                .rows())
                        .as(cylinder + " " + gate)
                        .isEqualTo(expected.get(cylinder.key()).get(gate.key()).asLong());
            }
            sameMad(facts.grids().of(cylinder).mad(), expected.get("mad_" + cylinder.key()));
        }
        List<Anomaly> anomalies = facts.diagnostics().anomalies();
        JsonNode wanted = expected.get("anomalies");
        assertThat(anomalies.stream().map(anomaly -> anomaly.type().key()))
                .containsExactlyElementsOf(wanted.findValuesAsText("type"));
        for (int i = 0; i < anomalies.size(); i++) {
            double score = wanted.get(i).get("score").asDouble();
            assertThat(anomalies.get(i).score()).isCloseTo(score, within(Math.abs(score) * 1e-9));
        }
    }

    private static void sameMad(Grid mad, JsonNode expected) {
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            JsonNode wanted = expected.get(cell / GridAxes.KPA_COUNT).get(cell % GridAxes.KPA_COUNT);
            assertThat(mad.at(cell))
                    .as("MAD of cell " + cell)
                    .isEqualTo(Double.valueOf(wanted.isNull() ? Double.NaN : wanted.asDouble()));
        }
    }

    private static Map<String, byte[]> files(RunFacts facts) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        var kernels = facts.kernels();
        files.put(
                "VE_Correction_Delta_DYNO.csv", GridCsv.write(kernels.combined().clamped(), 2, true));
        files.put("VE_Delta_PasteReady.txt", PasteReady.write(kernels.combined().clamped(), 2, true));
        files.put("Torque_Map_Combined.csv", GridCsv.write(kernels.torqueCombined(), 1, false));
        files.put("HP_Map_Combined.csv", GridCsv.write(kernels.hpCombined(), 1, false));
        for (Cylinder c : Cylinder.values()) {
            files.put(
                    "VE_Correction_Delta_" + c.title() + ".csv",
                    GridCsv.write(kernels.delta(c).clamped(), 2, true));
            files.put("AFR_Error_Map_" + c.title() + ".csv", GridCsv.write(kernels.err(c), 2, true));
            files.put("Spark_Adjust_Suggestion_" + c.title() + ".csv", GridCsv.write(kernels.spark(c), 2, true));
            files.put(
                    "Coverage_" + c.title() + ".csv",
                    GridCsv.counts(facts.grids().of(c).coverage()));
            files.put(
                    "Torque_Map_" + c.title() + ".csv",
                    GridCsv.write(facts.grids().of(c).torque(), 1, false));
            files.put(
                    "HP_Map_" + c.title() + ".csv",
                    GridCsv.write(facts.grids().of(c).hp(), 1, false));
        }
        return files;
    }
}
