package dynoai.app.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AnalyzeArgumentsTest {
    @Test
    void plainLines_areReadAsPicocliReadsThem() throws CommandException {
        for (String line : List.of(
                "--csv a.csv",
                "a.csv",
                "--clamp 9 a=b.csv --json",
                "--csv=a.csv --outdir=o",
                "--json --csv a.csv --clamp 9.5 --rear-bias -2 --per-cylinder",
                "--weighting=hp --csv a=b.csv --math-version 1.0.0 --base-front f.csv",
                "--clamp 99 --csv a.csv")) {
            // Given
            String[] args = line.split(" ");
            Console console = Console.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
            // When
            var plain = AnalyzeArguments.ofPlain(args, 0);
            // Then
            var parsed = new CommandLine(AnalyzeCommand.spec(console)).parseArgs(args);
            assertThat(plain).as(line).isEqualTo(AnalyzeArguments.of(parsed));
        }
    }

    @Test
    void helpAndErrors_areLeftToPicocli() {
        for (String line : List.of(
                "",
                "--help",
                "--csv",
                "--csv=",
                "--csv a.csv --help",
                "--csv a.csv --verbose",
                "--csv a.csv extra",
                "a.csv --csv b.csv",
                "a.csv b.csv",
                "-a.csv",
                "--csv a.csv --csv b.csv",
                "--csv a.csv --clamp",
                "--csv a.csv --clamp --json",
                "--csv a.csv --clamp 7 --clamp 8",
                "--csv a.csv --per-cylinder=true",
                "--csv a.csv --json --json",
                "--csv a.csv --klamp 7",
                "--csv -a.csv",
                "--outdir o")) {
            // When
            var plain = AnalyzeArguments.ofPlain(("analyze " + line).strip().split(" "), 1);
            // Then
            assertThat(plain).as(line).isNull();
        }
    }
}
