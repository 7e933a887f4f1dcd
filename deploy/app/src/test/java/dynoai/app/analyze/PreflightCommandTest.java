package dynoai.app.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.CommandLineRun;
import dynoai.app.Logs;
import dynoai.app.console.ExitCode;
import dynoai.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightCommandTest {
    @TempDir
    Path work;

    @Test
    void verdict_decidesTheExitCode() throws Exception {
        // Given
        Path map = Logs.pull(work.resolve("map.csv"));
        Path empty = Files.writeString(work.resolve("empty.csv"), "RPM,MAP (kPa),AFR\n" + "3000,80,13.1\n".repeat(20));
        Path refused = Logs.withoutMap(work.resolve("refused.csv"));
        // When
        var ofMap = preflight(map);
        var ofEmpty = preflight(empty);
        var ofRefused = preflight(refused);
        var ofAll = preflight(map, refused, empty);
        // Then
        assertThat(ofMap.exitCode()).isZero();
        assertThat(ofMap.out()).startsWith("map      " + map);
        assertThat(ofEmpty.exitCode()).isEqualTo(ExitCode.VALIDATION_ERROR);
        assertThat(ofEmpty.out()).startsWith("empty    " + empty).contains("commanded AFR, front", "--afr-targets map");
        assertThat(ofRefused.exitCode()).isEqualTo(ExitCode.INVALID_CSV);
        assertThat(ofRefused.out()).startsWith("refused  " + refused);
        assertThat(ofAll.exitCode()).isEqualTo(ExitCode.VALIDATION_ERROR);
    }

    @Test
    void table_showsTheValuesOfEachColumnAndWhatWasPassedOver() throws Exception {
        // Given
        Path log = Files.writeString(
                work.resolve("log.csv"),
                "\ufeffRPM,MAP (psi),Boost (psi),TPS Raw,TPS,AFR Front,AFR Target\n"
                        + "3000,13,1,900,40,5.1,13\n3100,14,2,910,n/a,5.1,13\n");
        // When
        var shown = preflight(log);
        // Then
        assertThat(shown.out().lines().map(line -> line.replaceAll(" +", " ").strip()))
                .contains(
                        "rpm 2 3000.00 3100.00 'RPM'",
                        "kpa 2 89.63 96.53 psi × 6.894757 'MAP (psi)'",
                        "tps 1 40.00 40.00 'TPS'",
                        "meas_front 0 'AFR Front', 2 not valid: always 5.10",
                        "torque no column")
                .anyMatch(line -> line.contains("with a byte order mark"))
                .anyMatch(line -> line.contains("fewer than 10 rows (2)"));
    }

    @Test
    void singleRowOutsideTheGrid_isNamedInTheSingular() throws Exception {
        // Given
        Path log = Logs.pull(work.resolve("log.csv"));
        String text = Files.readString(log);
        String header = text.substring(0, text.indexOf('\n') + 1);
        String row = text.substring(header.length(), text.indexOf('\n', header.length()) + 1);
        Files.writeString(log, text + row.replace(",1500,", ",7000,"));
        // When
        var shown = preflight(log);
        var analyzed = CommandLineRun.of(
                "analyze",
                "--csv",
                log.toString(),
                "--outdir",
                work.resolve("run").toString());
        // Then
        assertThat(shown.out()).contains("1 row lies beyond the grid and counts in an edge cell");
        assertThat(analyzed.out())
                .contains(
                        "Outside    1 row lies beyond the grid and counts in its edge cells; --inside-grid leaves it");
        assertThat(work.resolve("run/report.html"))
                .content()
                .contains("1 row lies beyond the grid (below", "It is counted");
    }

    @Test
    void rejectedLog_hasItsChannelsInTheTableAndInJson() throws Exception {
        // Given
        Path log = Files.writeString(
                work.resolve("log.csv"), "Time,RPM,Boost (psi),AFR\n0,3000,1,13.1\n0.1,3100,2,13.2\n");
        // When
        var shown = preflight(log);
        var json = CommandLineRun.of("preflight", log.toString(), "--json");
        // Then
        assertThat(shown.out()).contains("'RPM'", "3100.00", "kpa: 'Boost (psi)': it has the word 'boost'");
        Map<?, ?> found =
                (Map<?, ?>) ((List<?>) ((Map<?, ?>) Json.read(json.out().getBytes(StandardCharsets.UTF_8))).get("logs"))
                        .get(0);
        assertThat(found.get("verdict")).isEqualTo("refused");
        assertThat(found.get("exit_code")).isEqualTo(3L);
        assertThat(found.get("code")).isEqualTo("MISSING_COLUMNS");
        assertThat((List<?>) found.get("channels")).anySatisfy(channel -> {
            assertThat(((Map<?, ?>) channel).get("channel")).isEqualTo("rpm");
            assertThat(((Map<?, ?>) channel).get("header")).isEqualTo("RPM");
            assertThat(((Map<?, ?>) ((Map<?, ?>) channel).get("valid")).get("count"))
                    .isEqualTo(2L);
        });
        assertThat((List<?>) found.get("passed_over"))
                .anySatisfy(
                        column -> assertThat(((Map<?, ?>) column).get("header")).isEqualTo("Boost (psi)"));
    }

    @Test
    void rejection_fitsAnUnknownTerminal() throws Exception {
        // Given
        Path log = Logs.withoutMap(work.resolve("log.csv"));
        // When
        var shown = preflight(log);
        // Then
        assertThat(shown.err().lines().skip(1))
                .isNotEmpty()
                .allMatch(line -> line.length() <= 80 && line.startsWith("  "));
    }

    private static CommandLineRun preflight(Path... logs) {
        String[] arguments = new String[logs.length + 1];
        arguments[0] = "preflight";
        for (int i = 0; i < logs.length; i++) {
            arguments[i + 1] = logs[i].toString();
        }
        return CommandLineRun.of(arguments);
    }
}
