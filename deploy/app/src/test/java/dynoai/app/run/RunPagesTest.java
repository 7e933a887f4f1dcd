package dynoai.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.CommandLineRun;
import dynoai.app.Logs;
import dynoai.app.console.ExitCode;
import dynoai.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that report existing runs. */
@Tag("browser")
class RunPagesTest {
    @TempDir
    Path work;

    private Path run;

    @BeforeEach
    void oneRun() throws Exception {
        Path bike = Files.createDirectory(work.resolve("bike-7"));
        Path log = Logs.pull(bike.resolve("pull.csv"));
        run = work.resolve("runs/one");
        var analyzed = CommandLineRun.of("analyze", "--csv", log.toString(), "--outdir", run.toString());
        assertThat(analyzed.exitCode()).as(analyzed.err()).isZero();
    }

    @Test
    void summary_isAPageOnStdoutOrTextOrJson() throws Exception {
        // When
        var page = CommandLineRun.of("summary", run.toString());
        var text = CommandLineRun.of("summary", run.toString(), "--text");
        var json = CommandLineRun.of("summary", run.toString(), "--json");
        // Then
        assertThat(page.out()).startsWith("<!DOCTYPE html>").contains("bike-7").endsWith("</html>\n");
        assertThat(text.out()).contains("Front      ", "cells covered").doesNotContain("<");
        assertThat(object(json)).containsEntry("vehicle", "bike-7").containsEntry("ok", true);
    }

    @Test
    void summary_rejectsAModifiedTable() throws Exception {
        // Given
        Path delta = run.resolve("VE_Correction_Delta_Rear.csv");
        Files.writeString(delta, Files.readString(delta).replaceFirst("'\\+[0-9]", "'+6"));
        // When
        var summary = CommandLineRun.of("summary", run.toString());
        // Then
        assertThat(summary.exitCode()).isEqualTo(ExitCode.VALIDATION_ERROR);
        assertThat(summary.err()).contains("VE_Correction_Delta_Rear.csv was changed since the run");
        assertThat(summary.out()).isEmpty();
    }

    @Test
    void output_isAtomicAndLeavesNoOtherFile() throws Exception {
        // Given
        Path pages = Files.createDirectory(work.resolve("pages"));
        Path page = pages.resolve("summary.html");
        Files.writeString(page, "an earlier one");
        // When
        var summary = CommandLineRun.of("summary", run.toString(), "--output", page.toString());
        // Then
        assertThat(summary.exitCode()).as(summary.err()).isZero();
        assertThat(summary.out()).isEmpty();
        assertThat(page).content().startsWith("<!DOCTYPE html>");
        try (Stream<Path> left = Files.list(pages)) {
            assertThat(left).containsExactly(page);
        }
    }

    @Test
    void report_coversTheGivenDaysAndRejectedLogs() throws Exception {
        // Given
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        Path reason = work.resolve("drop/rejected/" + today + "/run-pull.csv/reason.json");
        Files.createDirectories(reason.getParent());
        Files.writeString(
                reason,
                "{\"code\":\"MISSING_COLUMNS\",\"file\":\"shop/pull.csv\",\"message\":\"no MAP <b>\",\"hint\":\"\"}");
        String runs = work.resolve("runs").toString();
        String drop = work.resolve("drop").toString();
        // When
        var now = CommandLineRun.of("report", "--from", today, "--to", "2999-01-01", "--runs", runs, "--drop", drop);
        var longAgo =
                CommandLineRun.of("report", "--from", "2001-01-01", "--to", "2001-01-02", "--runs", runs, "--json");
        // Then
        assertThat(now.exitCode()).as(now.err()).isZero();
        assertThat(now.out()).contains("local, bike-7", "MISSING_COLUMNS", "no MAP &lt;b&gt;");
        assertThat((List<?>) object(longAgo).get("runs")).isEmpty();
    }

    @Test
    void report_ofAShop_namesNoOther() throws Exception {
        // Given
        Path other = Files.createDirectories(work.resolve("bike-8")).resolve("other.csv");
        Logs.pull(other);
        String north = work.resolve("runs/north/two").toString();
        CommandLineRun.of("analyze", "--csv", other.toString(), "--outdir", north);
        Path drop = work.resolve("drop");
        for (String shop : List.of("north", "south")) {
            Path rejected = Files.createDirectories(drop.resolve("rejected/2026-03-01/" + shop));
            Files.writeString(
                    rejected.resolve("reason.json"),
                    "{\"code\":\"NOT_TEXT\",\"message\":\"m\",\"file\":\"" + shop + "/bad-" + shop + ".csv\"}");
        }

        // When
        var report = CommandLineRun.of(
                "report",
                "--shop",
                "north",
                "--from",
                "2001-01-01",
                "--to",
                "2999-01-01",
                "--runs",
                work.resolve("runs").toString(),
                "--drop",
                drop.toString());

        // Then
        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(report.out()).contains("north, bike-8", "bad-north.csv").doesNotContain("south", "bike-7");
    }

    @Test
    void report_takesDaysWithoutHyphensAsStartAndEnd() throws Exception {
        // Given
        String today = LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE);
        Path page = work.resolve("week.html");
        // When
        var report = CommandLineRun.of(
                "report",
                "--start",
                today,
                "--end",
                "29990101",
                "--runs",
                work.resolve("runs").toString(),
                "--output",
                page.toString());
        // Then
        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(page).content().contains("local, bike-7");
    }

    @Test
    void report_leavesOutAModifiedRunWithAMessage() throws Exception {
        // Given a second run, in the folder of its shop
        Path other = work.resolve("runs/shop-a/two");
        Logs.pull(work.resolve("lone.csv"));
        CommandLineRun.of("analyze", "--csv", work.resolve("lone.csv").toString(), "--outdir", other.toString());
        Files.writeString(run.resolve("Coverage_Front.csv"), "tampered");
        // When
        var report = CommandLineRun.of(
                "report",
                "--from",
                "2001-01-01",
                "--to",
                "2999-01-01",
                "--runs",
                work.resolve("runs").toString(),
                "--json");
        // Then
        assertThat(report.exitCode()).isEqualTo(ExitCode.VALIDATION_ERROR);
        assertThat(report.err()).contains("Left out: ", "Coverage_Front.csv was changed since the run");
        assertThat(report.out()).contains("\"shop\": \"shop-a\"").doesNotContain("bike-7");
    }

    @Test
    void report_takesTheFolderOfRunsAsItsArgument_butNotTwice() {
        // Given
        String runs = work.resolve("runs").toString();
        // When
        var report = CommandLineRun.of("report", runs, "--from", "2001-01-01", "--to", "2999-01-01");
        var twice = CommandLineRun.of("report", runs, "--from", "2001-01-01", "--to", "2999-01-01", "--runs", runs);
        // Then
        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(report.out()).contains("local, bike-7");
        assertThat(twice.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(twice.err()).contains("give one RUNS", "not both");
    }

    @Test
    void report_rejectsInvalidDays() {
        // When
        var wrong = CommandLineRun.of("report", "--from", "yesterday", "--to", "2026-03-01");
        var turned = CommandLineRun.of("report", "--from", "2026-03-02", "--to", "2026-03-01");
        // Then
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(wrong.err()).contains("takes a day like 2026-03-01 or 20260301");
        assertThat(turned.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void compare_writesAPageInAdditionToItsResult() throws Exception {
        // Given
        Path other = work.resolve("runs/two");
        CommandLineRun.of(
                "analyze",
                "--csv",
                work.resolve("bike-7/pull.csv").toString(),
                "--outdir",
                other.toString(),
                "--clamp",
                "5");
        Path page = work.resolve("compared.html");
        Path older = work.resolve("compared-too.html");
        // When
        var compared = CommandLineRun.of("compare", run.toString(), other.toString(), "--output", page.toString());
        var olderFlag = CommandLineRun.of("compare", run.toString(), other.toString(), "--html", older.toString());
        // Then
        assertThat(compared.exitCode()).isEqualTo(ExitCode.VALIDATION_ERROR);
        assertThat(page).content().contains("<li>Option clamp: 7.0 before, 5.0 after.</li>");
        assertThat(olderFlag.exitCode()).isEqualTo(ExitCode.VALIDATION_ERROR);
        assertThat(older).hasSameBinaryContentAs(page);
    }

    private static Map<String, Object> object(CommandLineRun run) throws Exception {
        assertThat(run.exitCode()).as(run.err()).isZero();
        @SuppressWarnings("unchecked")
        Map<String, Object> json = (Map<String, Object>) Json.read(run.out().getBytes(StandardCharsets.UTF_8));
        return json;
    }
}
