package dynoai.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.CommandProcess;
import dynoai.app.node.BatchReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Agents, intake over TLS, admit, analyzer and exporter as {@code demo --fleet} runs them. */
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
class FleetDemoTest {
    private static final long MAX_WAIT_SECONDS = 240;

    @TempDir
    private Path folder;

    @Test
    void mapsComeBackToTheShops_alsoAfterACutLine() throws Exception {
        // Given
        CommandProcess demo = CommandProcess.start(folder, List.of(), "demo --fleet --exit --port 0");
        // When
        int exitCode = demo.awaitEnd(MAX_WAIT_SECONDS);
        // Then
        assertThat(exitCode).as(demo.said()).isZero();
        assertThat(demo.said()).contains("cut      the line of north", "resumed  north: lean-front-");
        assertThat(demo.said()).contains("rejected: MISSING_COLUMNS");
        List<Path> returned = manifests(folder.resolve("data/fleet"), "results");
        assertThat(returned).hasSize(5);
        for (Path run : returned) {
            Path published = folder.resolve("runs").resolve(shopOf(run)).resolve(run.getFileName());
            BatchReference.assertEqual(published, run);
            assertThat(run.resolve("manifest.json")).hasSameBinaryContentAs(published.resolve("manifest.json"));
            new BatchReference(folder.resolve("batch-" + shopOf(run))).assertEqualToBatch(run, logOf(run));
        }
    }

    /** The shop is the folder in {@code fleet}. */
    private Path shopOf(Path run) {
        return folder.resolve("data/fleet").relativize(run).getName(0);
    }

    /** Returns the archived log of a run under the name that it was dropped with. */
    private Path logOf(Path run) throws IOException {
        String runId = run.getFileName().toString();
        Path done = folder.resolve("data/fleet").resolve(shopOf(run)).resolve("drop/done");
        try (Stream<Path> files = Files.walk(done)) {
            Path log = files.filter(file -> file.getFileName().toString().startsWith(runId + "-"))
                    .filter(file -> file.toString().endsWith(".csv"))
                    .findFirst()
                    .orElseThrow();
            String name = log.getFileName().toString().substring(runId.length() + 1);
            return Files.copy(
                    log,
                    Files.createDirectories(folder.resolve("logs").resolve(runId))
                            .resolve(name));
        }
    }

    private static List<Path> manifests(Path root, String below) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file ->
                            file.endsWith("manifest.json") && file.toString().contains(below))
                    .map(Path::getParent)
                    .toList();
        }
    }
}
