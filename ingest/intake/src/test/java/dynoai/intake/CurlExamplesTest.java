package dynoai.intake;

import static dynoai.intake.IntakeFixture.LOG;
import static dynoai.intake.IntakeFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dynoai.intake.http.HttpLimits;
import dynoai.intake.tls.TestKeys;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of the README with the real curl, over TLS. */
@Tag("process")
class CurlExamplesTest {
    private static final Pattern EXAMPLE = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void examplesOfTheReadme_work() throws Exception {
        // Given
        assumeTrue(exists("curl") && exists("openssl") && exists("base64"), "curl, openssl or base64 is missing");
        TestKeys keys = new TestKeys(folder.resolve("keys")).server("intake", "EC");
        Path certificate = keys.certificate("intake");
        Path log = Files.writeString(folder.resolve("pull.csv"), LOG);
        List<String> examples = examples();
        try (IntakeFixture intake = new IntakeFixture(
                folder, HttpLimits.DEFAULT, Optional.of(keys.files("intake")), HttpClient.newHttpClient())) {
            String settings = "set -eu\nexport CURL_CA_BUNDLE='" + certificate + "'\nURL=" + intake.address("")
                    + "\nTOKEN=" + TOKEN + "\nLOG='" + log + "'\n";

            // When
            String run = bash(settings + examples.get(0)).strip();
            intake.finish(new RunKey("shop-a", run));
            String waited = bash(settings + "RUN=" + run + "\n" + examples.get(1));
            bash(settings + "RUN=" + run + "\n" + examples.get(2));
            bash(settings + examples.get(3));

            // Then
            assertThat(waited).contains("\"state\": \"done\"");
            assertThat(folder.resolve("bundle.zip")).isNotEmptyFile();
            assertThat(folder.resolve("manifest.json")).content().contains(run);
            assertThat(intake.accepted).extracting(accepted -> accepted.runId()).containsExactly(run, "upload-1");
            assertThat(intake.accepted.get(0).options()).containsEntry("map_unit", "inhg");
        }
    }

    private static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("README.md")));
        while (example.find()) {
            examples.add(example.group(1));
        }
        return examples;
    }

    private static boolean exists(String program) {
        try {
            Process process = new ProcessBuilder("sh", "-c", "command -v " + program).start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String bash(String script) throws Exception {
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors) + output).isZero();
        return output;
    }
}
