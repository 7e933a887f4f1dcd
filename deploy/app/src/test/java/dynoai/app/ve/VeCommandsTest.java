package dynoai.app.ve;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VeCommandsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void tables() throws Exception {
        Files.writeString(folder.resolve("base.csv"), "RPM,35,50\r\n1500,58.0007,\r\n2000,60.0000,61.5000\r\n");
        Files.writeString(folder.resolve("factor.csv"), "RPM,35,50\r\n1500,'-9.00,1\r\n2000,,'+3.45\r\n");
    }

    @Test
    void page_isWrittenBeforeTheTableAndNeverOverATable() throws Exception {
        // When
        var overBase = apply("--html", at("base.csv"), "--dry-run");
        var nowhere = apply("--html", at("missing/preview.html"));
        // Then
        assertThat(overBase.exitCode()).isEqualTo(1);
        assertThat(overBase.err()).contains("would replace");
        assertThat(folder.resolve("base.csv")).content().startsWith("RPM,35,50");
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(folder.resolve("ve.csv")).doesNotExist();
        assertThat(folder.resolve("ve_meta.json")).doesNotExist();
    }

    @Test
    void metadata_isNamedAfterTheTableWithoutItsExtension() throws Exception {
        // When
        var apply = apply();
        // Then
        assertThat(apply.exitCode()).as(apply.err()).isZero();
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".json")))
                    .containsExactly("ve_meta.json");
        }
    }

    @Test
    void applyThenRollback_restoresTheBaseExactly() throws Exception {
        // When
        var apply = apply();
        var rollback = rollback();
        // Then
        assertThat(apply.exitCode()).as(apply.err()).isZero();
        assertThat(apply.out()).contains("clamped").contains("1 at the clamp of ±7.0 %");
        assertThat(rollback.exitCode()).as(rollback.err()).isZero();
        assertThat(rollback.out()).startsWith("restored: exact\n");
        assertThat(folder.resolve("back.csv")).hasSameBinaryContentAs(folder.resolve("base.csv"));
    }

    @Test
    void dryRun_writesNothingButTheRequestedPage() throws Exception {
        // When
        var run = CommandLineRun.of(
                "ve",
                "apply",
                "--base",
                at("base.csv"),
                "--factor",
                at("factor.csv"),
                "--output",
                at("ve.csv"),
                "--dry-run",
                "--json",
                "--html",
                at("preview.html"));
        // Then
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("{\"base\":").contains("\"fate\":\"empty\"");
        assertThat(folder.resolve("preview.html")).content().contains("53.9407");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void exitCodes_areAsDocumented() throws Exception {
        // Given
        apply();
        Path table = folder.resolve("ve.csv");
        Path metadata = folder.resolve("ve_meta.json");
        // When
        int noArguments = CommandLineRun.of("ve", "apply").exitCode();
        int tooLarge = CommandLineRun.of(
                        "ve",
                        "apply",
                        "--base",
                        at("base.csv"),
                        "--factor",
                        at("factor.csv"),
                        "--output",
                        at("x.csv"),
                        "--max_adjust_pct",
                        "12")
                .exitCode();
        int bothSources = CommandLineRun.of(
                        "ve",
                        "apply",
                        "--base",
                        at("base.csv"),
                        "--factor",
                        at("factor.csv"),
                        "--run",
                        at("r"),
                        "--output",
                        at("x.csv"))
                .exitCode();
        int missing = CommandLineRun.of(
                        "ve", "apply", "--base", at("none.csv"), "--factor", at("factor.csv"), "--output", at("x.csv"))
                .exitCode();
        String whole = Files.readString(table);
        Files.writeString(table, whole.replace('5', '6'));
        int changed = rollback().exitCode();
        Files.writeString(table, whole);
        Files.writeString(metadata, "{}");
        int invalid = rollback().exitCode();
        // Then
        assertThat(noArguments).isEqualTo(1);
        assertThat(tooLarge).isEqualTo(1);
        assertThat(bothSources).isEqualTo(1);
        assertThat(missing).isEqualTo(2);
        assertThat(changed).isEqualTo(3);
        assertThat(invalid).isEqualTo(4);
        assertThat(folder.resolve("back.csv")).doesNotExist();
    }

    @Test
    void log_getsALineForEachOperationThatWrites() throws Exception {
        // Given
        String log = at("apply_log.txt");
        // When
        var applied = apply("--log", log);
        var dry = apply("--log", log, "--dry-run");
        var back = CommandLineRun.of(
                "ve",
                "rollback",
                "--current",
                at("ve.csv"),
                "--metadata",
                at("ve_meta.json"),
                "--output",
                at("back.csv"),
                "--log",
                log);
        var table = apply("--log", at("base.csv"));
        // Then
        assertThat(List.of(applied.exitCode(), dry.exitCode(), back.exitCode(), table.exitCode()))
                .containsExactly(0, 0, 0, 1);
        assertThat(Files.readAllLines(Path.of(log)))
                .satisfiesExactly(
                        line -> assertThat(line).contains("  apply  by ", "base.csv -> ", "ve.csv  SHA-256 "),
                        line -> assertThat(line).contains("  rollback  by ", "ve.csv -> ", "back.csv  SHA-256 "));
    }

    @Test
    void history_showsEachApplication() throws Exception {
        // Given
        apply();
        // When
        var text = CommandLineRun.of("ve", "history", at("ve.csv"));
        var json = CommandLineRun.of("ve", "history", at("ve.csv"), "--json");
        // Then
        assertThat(text.out()).contains("factor.csv, at most 7.0 %").containsPattern("on /.*/base\\.csv");
        assertThat(json.out()).containsPattern("\"factor_file\" ?: \"/.*/factor.csv\"");
    }

    @Test
    void powerVisionTable_survivesARoundTrip() throws Exception {
        // When
        var export = CommandLineRun.of(
                "export", "pvv", "--base", at("base.csv"), "--output", at("ve.pvv"), "--name", "Front");
        var back = CommandLineRun.of("import", "pvv", at("ve.pvv"), "--output", at("back.csv"));
        var wrongItem = CommandLineRun.of("import", "pvv", at("ve.pvv"), "--item", "Rear", "--output", at("no.csv"));
        // Then
        assertThat(export.exitCode()).as(export.err()).isZero();
        assertThat(back.exitCode()).as(back.err()).isZero();
        assertThat(folder.resolve("back.csv")).hasSameBinaryContentAs(folder.resolve("base.csv"));
        assertThat(wrongItem.exitCode()).isEqualTo(1);
        assertThat(wrongItem.err()).contains("Front");
    }

    @Test
    void tableOfARun_isWrittenAsTheTuningProgramTakesIt() throws Exception {
        // Given a front that is 9.23 % lean, with 20 rows in one cell and 9 in another
        Path log = Files.writeString(
                folder.resolve("log.csv"),
                "RPM,MAP (kPa),AFR Cmd F,AFR Cmd R,AFR Meas F,AFR Meas R\n" + "3000,80,13,13,14.2,12.6\n".repeat(20)
                        + "5000,50,13,13,14.2,12.6\n".repeat(9));
        String run = at("run");
        CommandLineRun.of("analyze", "--csv", log.toString(), "--outdir", run);
        // When
        var percent = CommandLineRun.of("export", "table", run, "--cylinder", "front");
        var factor = CommandLineRun.of(
                "export", "table", run, "--cylinder", "front", "--values", "factor", "--format", "csv", "--no-weak");
        var pvv = CommandLineRun.of(
                "export", "table", run, "--cylinder", "rear", "--format", "pvv", "--output", at("rear.pvv"));
        var mean = CommandLineRun.of("export", "table", run);
        var absolute = CommandLineRun.of("export", "table", run, "--cylinder", "front", "--values", "absolute");
        // Then
        assertThat(percent.out())
                .contains("\t\t\t+7.00\t\n")
                .contains("\n\t+7.00\t\t\t\n")
                .doesNotContain("RPM");
        assertThat(factor.out()).contains("3000,,,,1.0700,").contains("5000,,,,,");
        assertThat(folder.resolve("rear.pvv")).content().contains("VE correction rear", "value=\"-3.0800\"");
        assertThat(pvv.exitCode()).isZero();
        assertThat(mean.exitCode()).isEqualTo(4);
        assertThat(mean.err()).contains("their mean fits neither of them");
        assertThat(absolute.err()).contains("--base-front");
    }

    @Test
    void commandWithoutASubcommand_isRejected() {
        for (String name : new String[] {"ve", "export", "import"}) {
            // When
            var run = CommandLineRun.of(name);
            // Then
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("Missing required subcommand");
        }
    }

    @Test
    void tables_mayBeArguments() {
        // Given
        apply();
        // When
        var applied = CommandLineRun.of(
                "ve", "apply", at("base.csv"), "--factor", at("factor.csv"), "--output", at("named.csv"));
        var rolledBack = CommandLineRun.of(
                "ve", "rollback", at("ve.csv"), "--metadata", at("ve_meta.json"), "--output", at("back.csv"));
        var exported = CommandLineRun.of("export", "pvv", at("base.csv"), "--output", at("ve.pvv"));
        var twice = apply(at("base.csv"));
        var none = CommandLineRun.of("export", "pvv", "--output", at("ve.pvv"));
        // Then
        assertThat(folder.resolve("named.csv")).hasSameBinaryContentAs(folder.resolve("ve.csv"));
        assertThat(folder.resolve("back.csv")).hasSameBinaryContentAs(folder.resolve("base.csv"));
        assertThat(List.of(applied.exitCode(), rolledBack.exitCode(), exported.exitCode()))
                .containsOnly(0);
        assertThat(List.of(twice.exitCode(), none.exitCode())).containsOnly(1);
        assertThat(twice.err()).contains("--base, not both");
        assertThat(none.err()).contains("no TABLE given");
    }

    private CommandLineRun apply(String... further) {
        List<String> arguments = new ArrayList<>(List.of(
                "ve", "apply", "--base", at("base.csv"), "--factor", at("factor.csv"), "--output", at("ve.csv")));
        arguments.addAll(List.of(further));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private CommandLineRun rollback() {
        return CommandLineRun.of(
                "ve",
                "rollback",
                "--current",
                at("ve.csv"),
                "--metadata",
                at("ve_meta.json"),
                "--output",
                at("back.csv"));
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }
}
