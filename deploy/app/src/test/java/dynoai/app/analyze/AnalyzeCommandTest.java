package dynoai.app.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dynoai.app.CommandLineRun;
import dynoai.app.Logs;
import dynoai.app.console.ExitCode;
import dynoai.engine.stored.Verification;
import dynoai.schemas.json.Json;
import dynoai.schemas.option.Option;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeCommandTest {
    @TempDir
    Path work;

    private Path log;
    private Path run;

    @BeforeEach
    void aLog() throws Exception {
        log = Logs.pull(work.resolve("pull.csv"));
        run = work.resolve("run");
    }

    @Test
    void stdout_containsOnlyTheSummary() {
        // When
        var analyzed = analyze();
        // Then
        assertThat(analyzed.exitCode()).isZero();
        assertThat(analyzed.out())
                .contains("Run        " + run, "2000 rows", "Front      ", "Largest    front ", "Anomalies  ")
                .doesNotContain("\r", "\u001b");
    }

    @Test
    void summary_namesWhatToPaste() throws Exception {
        // Given
        String header = "RPM,MAP (kPa),AFR Cmd F,AFR Cmd R,AFR Meas F,AFR Meas R\n";
        Path both = Files.writeString(work.resolve("both.csv"), header + "3000,80,13,13,13.2,13.3\n".repeat(20));
        Path rear = Files.writeString(work.resolve("rear.csv"), header + "3000,80,13,13,5.1,13.3\n".repeat(20));
        Path apart = Files.writeString(work.resolve("apart.csv"), header + "3000,80,13,13,14.2,12.6\n".repeat(20));
        Path none = Files.writeString(work.resolve("none.csv"), header + "3000,80,13,13,5.1,5.1\n".repeat(20));
        // When
        String ofBoth = summary(both);
        String ofRear = summary(rear);
        String ofApart = summary(apart);
        String ofNone = summary(none);
        // Then
        assertThat(ofBoth)
                .contains("to paste: VE_Delta_Front_PasteReady.txt and VE_Delta_Rear_PasteReady.txt")
                .contains("agree within 3 %", "The mean is in VE_Delta_PasteReady.txt");
        assertThat(ofApart)
                .contains("to paste: VE_Delta_Front_PasteReady.txt and VE_Delta_Rear_PasteReady.txt")
                .contains("front +9.23 % at 3000 rpm, 80 kPa (the clamp cuts it to +7.00 %)")
                .contains("knock was not measured", "standing rear rule", "their mean fits neither of them")
                .doesNotContain("VE_Delta_PasteReady.txt");
        assertThat(ofRear)
                .contains("to paste: VE_Delta_Rear_PasteReady.txt", "no row accepted: 20 rows", "always 5.10")
                .doesNotContain("VE_Delta_PasteReady.txt", "VE_Delta_Front_PasteReady.txt");
        assertThat(ofNone).contains("nothing to paste").doesNotContain("PasteReady.txt");
    }

    private String summary(Path log) {
        return CommandLineRun.of(
                        "analyze", "--csv", log.toString(), "--outdir", work + "/" + log.getFileName() + ".run")
                .out();
    }

    @Test
    void json_isOneObjectWithTheRun() throws Exception {
        // When
        var analyzed = analyze("--json");
        // Then
        Map<?, ?> json = (Map<?, ?>) Json.read(analyzed.out().getBytes(StandardCharsets.UTF_8));
        assertThat(json.get("ok")).isEqualTo(true);
        assertThat(json.get("folder")).isEqualTo(run.toString());
        assertThat(json.get("rows_read")).isEqualTo(2000L);
    }

    @Test
    void underscoresInFlags_areReadAsHyphens() throws Exception {
        // When
        var analyzed = analyze("--smooth_passes", "3", "--rear_bias=1.5", "--math_version=1.0.0");
        // Then
        assertThat(analyzed.exitCode()).as(analyzed.err()).isZero();
        assertThat(Files.readString(run.resolve("manifest.json")))
                .contains("\"smooth_passes\": 3", "\"rear_bias\": 1.5", "\"math_version\": \"1.0.0\"");
    }

    @Test
    void columns_areGivenOneByOne() throws Exception {
        // Given
        String text = Files.readString(log);
        Files.writeString(log, text.replaceFirst("(?i)rpm", "Blower Speed").replaceFirst("(?i)map[_ ]kpa", "MAP Load"));
        // When
        var analyzed = analyze("--column", "rpm=Blower Speed", "--column=kpa=map load");
        // Then
        assertThat(analyzed.exitCode()).as(analyzed.err()).isZero();
        assertThat(Files.readString(run.resolve("manifest.json")))
                .contains("\"columns\": {", "\"rpm\": \"Blower Speed\"", "\"kpa\": \"map load\"");
    }

    @Test
    void columnThatTheLogLacks_isNamed() {
        // When
        var analyzed = analyze("--column", "kpa=MAP Load");
        // Then
        assertThat(analyzed.exitCode()).isEqualTo(ExitCode.INVALID_CSV);
        assertThat(analyzed.err().replaceAll("\\s+", " ")).contains("--column kpa", "no column 'MAP Load'");
    }

    @Test
    void everyOption_isAFlagWithItsRangeAndDefaultInTheHelp() {
        // When
        var help = CommandLineRun.of("analyze", "--help").out().replaceAll("\\s+", " ");
        // Then
        for (Option option : Option.values()) {
            assertThat(help).contains(option.flag());
            if (option.defaultText() != null && option.kind() != Option.Kind.FLAG) {
                assertThat(help).contains("Default: " + option.defaultText() + ".");
            }
        }
        assertThat(help).contains("Takes a number from 5 to 20.", "Takes a whole number from 0 to 5.");
    }

    @Test
    void invalidValues_areRejectedWithTheNameOfTheirOption() {
        for (String[] wrong : List.of(
                new String[] {"--clamp", "21"},
                new String[] {"--clamp", "4.9"},
                new String[] {"--smooth-passes", "2.5"},
                new String[] {"--weighting", "speed"},
                new String[] {"--hot-extra", "1"},
                new String[] {"--gradient-threshold", "0"},
                new String[] {"--math-version", "3.0.0"},
                new String[] {"--map-unit", "torr"})) {
            // When
            var refused = analyze(wrong);
            // Then
            assertThat(refused.exitCode()).as(wrong[0]).isEqualTo(ExitCode.INVALID_ARGUMENTS);
            assertThat(refused.err())
                    .contains(wrong[0].substring(2).replace('-', '_'))
                    .contains("'" + wrong[1] + "'");
            assertThat(refused.out()).isEmpty();
            assertThat(run).doesNotExist();
        }
    }

    @Test
    void unknownOrRepeatedOrMissingOptions_areInvalidArguments() {
        assertThat(analyze("--klamp", "7").exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(analyze("--clamp", "7", "--clamp", "8").exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(CommandLineRun.of("analyze").exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(CommandLineRun.of("analyze", "a.csv", "--csv", "b.csv").exitCode())
                .isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(CommandLineRun.of("analyze", "--csv").exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(CommandLineRun.of("analyze", "--csv", "").exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void missingFiles_areNotFound() {
        // When
        var noLog =
                CommandLineRun.of("analyze", "--csv", work.resolve("none.csv").toString());
        var folder = CommandLineRun.of("analyze", "--csv", work.toString());
        var noBase = analyze("--base-front", work.resolve("base.csv").toString());
        // Then
        assertThat(List.of(noLog.exitCode(), folder.exitCode(), noBase.exitCode()))
                .containsOnly(ExitCode.FILE_NOT_FOUND);
        assertThat(noLog.err()).contains("none.csv").hasLineCount(1);
        assertThat(folder.err()).contains("is a folder", "dynoai batch " + work);
        assertThat(noBase.err()).contains("base.csv");
        assertThat(run).doesNotExist();
    }

    @Test
    void rejectedLogs_areInvalidCsv() throws Exception {
        for (Path refused : List.of(
                Logs.withoutMap(work.resolve("no-map.csv")),
                Files.writeString(work.resolve("empty.csv"), ""),
                Files.writeString(work.resolve("header-only.csv"), "RPM,MAP,Torque\n"),
                Files.write(work.resolve("binary.csv"), new byte[1000]))) {
            // When
            var analyzed = CommandLineRun.of("analyze", "--csv", refused.toString(), "--outdir", run.toString());
            // Then
            assertThat(analyzed.exitCode()).as(refused.toString()).isEqualTo(ExitCode.INVALID_CSV);
            assertThat(analyzed.err())
                    .startsWith("dynoai: ")
                    .contains(refused.getFileName().toString());
            assertThat(analyzed.err().lines().skip(1)).allMatch(line -> line.startsWith("  "));
            assertThat(analyzed.out()).isEmpty();
            assertThat(run).doesNotExist();
        }
    }

    @Test
    void suspectUnits_areAValidationErrorWithAHint() throws Exception {
        // Given
        Path suspect = Logs.suspect(work.resolve("suspect.csv"));
        // When
        var refused = CommandLineRun.of("analyze", "--csv", suspect.toString(), "--outdir", run.toString());
        var told = CommandLineRun.of(
                "analyze", "--csv", suspect.toString(), "--outdir", run.toString(), "--map-unit", "inhg");
        // Then
        assertThat(refused.exitCode()).isEqualTo(ExitCode.VALIDATION_ERROR);
        assertThat(refused.err()).contains("unit suspect").contains("map-unit");
        assertThat(told.exitCode()).isZero();
        assertThat(told.err()).contains("Converted: ");
    }

    @Test
    void baseTableWithOtherBins_isAValidationError() throws Exception {
        // Given
        Path base = Files.writeString(work.resolve("base.csv"), "RPM,35,50\r\n1500,80,80\r\n");
        // When
        var refused = analyze("--base-front", base.toString());
        // Then
        assertThat(refused.exitCode()).isEqualTo(ExitCode.VALIDATION_ERROR);
        assertThat(refused.err()).contains("base.csv");
    }

    @Test
    void folderWithForeignFiles_isRejectedAndUnchanged() throws Exception {
        // Given
        Files.createDirectory(run);
        Files.writeString(run.resolve("notes.txt"), "mine");
        // When
        var refused = analyze();
        // Then
        assertThat(refused.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(refused.err()).contains(run.toString());
        assertThat(run.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void unwritableOutput_isAnErrorWithoutAStackTrace() throws Exception {
        assumeFalse(System.getProperty("user.name").equals("root"), "root may write everywhere");
        // Given
        Path closed = Files.createDirectory(work.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        // When
        var refused = CommandLineRun.of(
                "analyze",
                "--csv",
                log.toString(),
                "--outdir",
                closed.resolve("run").toString());
        // Then
        assertThat(refused.exitCode()).isEqualTo(ExitCode.OTHER);
        assertThat(refused.err()).contains("permission denied").doesNotContain("\tat ");
    }

    @Test
    void outputBelowAFile_isAnError() {
        // When
        var refused = CommandLineRun.of("analyze", "--csv", log.toString(), "--outdir", log + "/run");
        // Then
        assertThat(refused.exitCode()).isEqualTo(ExitCode.OTHER);
        assertThat(refused.err()).contains("pull.csv").doesNotContain("\tat ");
    }

    @Test
    void verbose_printsTheStackTrace() {
        // When
        var refused = CommandLineRun.of("analyze", "--csv", log.toString(), "--outdir", log + "/run", "--verbose");
        // Then
        assertThat(refused.err()).contains("\tat dynoai.");
    }

    @Test
    void unusualFileNames_areAccepted() throws Exception {
        for (String name :
                List.of("with space.csv", "Größe °F 车.csv", "-dash.csv", "x".repeat(200) + ".csv", "a'b\"c.csv")) {
            // Given
            Path odd = Files.copy(log, work.resolve(name));
            Path target = work.resolve("run of " + name);
            // When
            var analyzed = CommandLineRun.of("analyze", "--csv", odd.toString(), "--outdir", target.toString());
            // Then
            assertThat(analyzed.exitCode()).as(analyzed.err()).isZero();
            assertThat(analyzed.out()).contains(name);
            assertThat(Verification.of(target).isWhole()).isTrue();
        }
    }

    @Test
    void replayMathVersion_printsAWarning() {
        // When
        var analyzed = analyze("--math-version", "toolkit-1.2");
        // Then
        assertThat(analyzed.exitCode()).isZero();
        assertThat(analyzed.err()).contains("Warning: ").contains("inverted");
    }

    @Test
    void logWithoutAnAcceptedRow_succeedsWithAWarning() throws Exception {
        // Given
        Path noAfr = Files.writeString(work.resolve("no-afr.csv"), "RPM,MAP,Torque\n" + "3000,80,80\n".repeat(5));
        // When
        var analyzed = CommandLineRun.of("analyze", "--csv", noAfr.toString(), "--outdir", run.toString());
        // Then
        assertThat(analyzed.exitCode()).isZero();
        assertThat(analyzed.err()).contains("Warning: No row was accepted");
        assertThat(analyzed.out()).contains("front no correction");
    }

    private CommandLineRun analyze(String... more) {
        String[] args = new String[5 + more.length];
        List<String> begin = List.of("analyze", "--csv", log.toString(), "--outdir", run.toString());
        for (int i = 0; i < args.length; i++) {
            args[i] = i < 5 ? begin.get(i) : more[i - 5];
        }
        return CommandLineRun.of(args);
    }
}
