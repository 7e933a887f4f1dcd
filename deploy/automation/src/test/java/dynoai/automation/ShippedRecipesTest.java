package dynoai.automation;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.context.Context;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.recipe.RecipeLoader;
import dynoai.automation.recipe.ShippedRecipes;
import dynoai.automation.run.RecipeEvents;
import dynoai.automation.run.RecipeOutcome;
import dynoai.automation.run.RecipeRunFolder;
import dynoai.automation.run.RecipeRunner;
import dynoai.automation.run.RecipeSettings;
import dynoai.automation.step.Params;
import dynoai.automation.step.Result;
import dynoai.automation.step.Scriptlet;
import dynoai.automation.step.StepCatalog;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.engine.sample.SampleProfile.Fault;
import dynoai.engine.sample.SampleProfile.Flavour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ShippedRecipesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private RecipeOutcome run(String name, ObjectNode inputs) throws Exception {
        StepCatalog catalog = StepCatalog.of(List.of());
        Recipe recipe = new RecipeLoader(catalog)
                .load(Path.of(name + ".yaml"), ShippedRecipes.find(name).orElseThrow());
        ObjectNode context = JSON.createObjectNode();
        context.set("inputs", inputs);
        RecipeRunFolder run = RecipeRunFolder.begin(folder.resolve("run-of-" + name), recipe, context);
        return new RecipeRunner(catalog, new RecipeSettings(folder, 2), RecipeEvents.SILENT).run(recipe, run);
    }

    private Path log(String name, SampleProfile profile) throws Exception {
        Path log = folder.resolve(name);
        Files.createDirectories(log.getParent());
        return Files.write(log, SampleLogs.bytes(profile, 1_500));
    }

    @Test
    void weeklyBatch_analysesEveryLogAndReports() throws Exception {
        // Given
        log("week/one.csv", SampleProfile.healthy(Flavour.WINPEP, 1));
        log("week/two.csv", SampleProfile.healthy(Flavour.POWER_VISION, 2).with(Fault.LEAN_FRONT));
        log("week/wrong.csv", SampleProfile.healthy(Flavour.GENERIC, 3).with(Fault.WRONG_HEADER));
        Path old = log("week/old.csv", SampleProfile.healthy(Flavour.WINPEP, 4));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        // When
        RecipeOutcome outcome = run(
                "weekly-batch",
                JSON.createObjectNode()
                        .put("logs", folder.resolve("week").toString())
                        .put("outdir", folder.resolve("runs").toString()));
        // Then
        assertThat(outcome.message()).isEmpty();
        JsonNode analysed = outcome.context().get("steps.analyse_all.result_v1");
        assertThat(analysed.path("analysed").asInt()).isEqualTo(2);
        assertThat(analysed.path("older").asInt()).isEqualTo(1);
        assertThat(analysed.at("/refused/0/log").asText()).endsWith("wrong.csv");
        assertThat(analysed.at("/refused/0/reason").asText()).contains("missing columns");
        assertThat(outcome.context().get("steps.prove.result_v1.compared").asInt())
                .isEqualTo(2);
        assertThat(Files.readString(folder.resolve("runs/weekly-report.html")))
                .contains("Runs of all days")
                .contains("one.csv")
                .contains("two.csv");
        assertThat(outcome.context().get("steps.report.result_v1.runs").asInt()).isEqualTo(2);
    }

    @Test
    void analyzeAndPreflight_haveTheFieldsTheyPromise() throws Exception {
        // Given
        Path csv = log("a.csv", SampleProfile.healthy(Flavour.WINPEP, 1));
        // When
        Result analyzed = step("analyze", Map.of("csv", csv, "outdir", folder.resolve("run")));
        Result checked = step("preflight", Map.of("csv", csv));
        // Then
        assertThat(analyzed.json().path("message").isNull()).isTrue();
        assertThat(checked.json().path("format").asText()).isEqualTo("winpep");
    }

    @Test
    void incrementalTuning_stopsBeforeItAppliesACorrectionBelowOnePercent() throws Exception {
        // Given
        Files.writeString(folder.resolve("base.csv"), table());
        Files.writeString(folder.resolve("dyno.sh"), DYNO);
        // When
        RecipeOutcome outcome = run(
                "incremental-tuning",
                JSON.createObjectNode()
                        .put("base", folder.resolve("base.csv").toString())
                        .put("outdir", folder.resolve("tuning").toString())
                        .put("pull_command", "bash dyno.sh"));
        // Then
        assertThat(outcome.message()).isEmpty();
        int rounds = outcome.context().get("steps.tuning.result_v1.rounds").asInt();
        assertThat(rounds).isBetween(3, 5);
        double last = largest(outcome, rounds);
        double before = largest(outcome, rounds - 1);
        assertThat(last).isLessThan(1.0);
        assertThat(before).isGreaterThanOrEqualTo(1.0);
        assertThat(folder.resolve("tuning/table-" + rounds + ".csv")).doesNotExist();
        assertThat(outcome.context().get("steps.apply.result_v1.output").asText())
                .endsWith("table-" + (rounds - 1) + ".csv");
        assertThat(folder.resolve("tuning/summary.html")).exists();
    }

    @Test
    void incrementalTuning_doesNotExceedTheGivenRounds() throws Exception {
        // Given
        Files.writeString(folder.resolve("base.csv"), table());
        Files.writeString(folder.resolve("dyno.sh"), DYNO);
        // When
        RecipeOutcome outcome = run(
                "incremental-tuning",
                JSON.createObjectNode()
                        .put("base", folder.resolve("base.csv").toString())
                        .put("outdir", folder.resolve("tuning").toString())
                        .put("pull_command", "bash dyno.sh")
                        .put("max", "1"));
        // Then
        assertThat(outcome.message()).contains("step tuning: after 1 rounds", "less than 1.0 after largest");
        assertThat(folder.resolve("tuning/table-1.csv")).exists();
        assertThat(folder.resolve("logs/round-2.csv")).doesNotExist();
    }

    private static double largest(RecipeOutcome outcome, int round) {
        return outcome.context()
                .get("steps.tuning.round_" + round + ".largest.result_v1.max_correction")
                .asDouble();
    }

    /** The same VE everywhere. */
    private static String table() {
        StringBuilder csv = new StringBuilder("RPM,35,50,65,80,95\r\n");
        for (int rpm = 1500; rpm <= 6500; rpm += 500) {
            csv.append(rpm).append(",80.0000".repeat(5)).append("\r\n");
        }
        return csv.toString();
    }

    /** An engine whose true VE is 86 at 1500 rpm and 96 at 6500: the log shows how far the table is from it. */
    private static final String DYNO = """
            mkdir -p logs
            log="$PWD/logs/round-$ROUND.csv"
            tr -d "\\r'" < "$TABLE" | awk -F, '
              NR == 1 { for (i = 2; i <= NF; i++) kpa[i] = $i
                        print "Timestamp,RPM,MAP,Torque,AFR Cmd F,AFR Cmd R,AFR Meas F,AFR Meas R"; next }
              { for (i = 2; i <= NF; i++) for (k = 0; k < 12; k++) {
                  meas = 13.0 * (86 + ($1 - 1500) / 500) / $i
                  printf "%.2f,%d,%d,60.0,13.0,13.0,%.4f,%.4f\\n", t++ * 0.02, $1, kpa[i], meas, meas } }' > "$log"
            printf '{"status":"ok","log":"%s"}' "$log"
            """;

    @Test
    void compareOptions_showsWhatTheOptionsChange() throws Exception {
        // Given
        Path csv = log("pull.csv", SampleProfile.healthy(Flavour.WINPEP, 5).with(Fault.LEAN_FRONT));
        ObjectNode inputs = JSON.createObjectNode()
                .put("csv", csv.toString())
                .put("outdir", folder.resolve("ab").toString());
        inputs.putObject("a").put("clamp", 7);
        inputs.putObject("b").put("clamp", 12).put("smooth_passes", 0);
        // When
        RecipeOutcome outcome = run("compare-options", inputs);
        // Then
        assertThat(outcome.message()).isEmpty();
        assertThat(outcome.context().get("steps.compare.result_v1.equal").asBoolean())
                .isFalse();
        assertThat(Files.readString(folder.resolve("ab/comparison.html")))
                .contains("Two runs compared")
                .contains("Change: after minus before")
                .contains("Option smooth passes: 2 before, 0 after.")
                .contains("smooth_passes");
    }

    @Test
    void veApplyAndRollback_restoreTheTable() throws Exception {
        // Given
        Path base = Files.writeString(folder.resolve("base.csv"), table());
        Path delta = run(Map.of("clamp", 7)).resolve("VE_Correction_Delta_DYNO.csv");
        Path applied = folder.resolve("applied.csv");
        Path metadata = folder.resolve("applied_meta.json");
        step("ve-apply", Map.of("base", base, "factor", delta, "output", applied));
        // When
        Result restored = step(
                "ve-rollback", Map.of("current", applied, "metadata", metadata, "output", folder.resolve("back.csv")));
        // Then
        assertThat(restored.json().path("restored").asText()).isEqualTo("exact");
        assertThat(folder.resolve("back.csv")).hasSameBinaryContentAs(base);
    }

    @Test
    void verify_ofAChangedRun_namesTheFile() throws Exception {
        // Given
        Path run = run(Map.of());
        Files.writeString(run.resolve("Coverage_Front.csv"), "x");
        // When
        Result result = step("verify", Map.of("run_folder", run));
        // Then
        assertThat(result.reason()).contains("Coverage_Front.csv");
    }

    @Test
    void batch_ofAnEmptyFolder_fails() throws Exception {
        // Given
        Path empty = Files.createDirectory(folder.resolve("empty"));
        // When
        Throwable thrown = catchThrowable(() -> step("batch", Map.of("logs", empty, "outdir", folder.resolve("runs"))));
        // Then
        assertThat(thrown).hasMessageContaining("no log in this folder");
    }

    private Path run(Map<String, Object> options) throws Exception {
        Path run = folder.resolve("run");
        Path csv = log("a.csv", SampleProfile.healthy(Flavour.WINPEP, 9));
        step("analyze", Map.of("csv", csv, "outdir", run, "options", options));
        return run;
    }

    private static Result step(String name, Map<String, Object> params) throws Exception {
        Scriptlet step = StepCatalog.of(List.of()).step(name);
        return step.run(new Context(), new Params(JSON.convertValue(texts(params), ObjectNode.class)));
    }

    private static Map<String, Object> texts(Map<String, Object> params) {
        return params.entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        param -> param.getValue() instanceof Path path ? path.toString() : param.getValue()));
    }
}
