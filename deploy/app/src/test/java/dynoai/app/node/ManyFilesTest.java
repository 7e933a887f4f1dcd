package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.ingest.folder.DropReport;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.record.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drop folder into which the logs of a whole year are copied at once. */
@Tag("broker")
class ManyFilesTest {
    private static final int FILES = Integer.getInteger("dynoai.nightly.files", 500);
    private static final int ROWS = 500;

    @TempDir
    Path temp;

    @Test
    void manyFiles_becomeOneRunEach() throws Exception {
        // Given
        Set<String> logs = new HashSet<>();
        for (int i = 0; i < FILES; i++) {
            byte[] bytes = SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, i), ROWS);
            Path shop = Files.createDirectories(temp.resolve("drop/shop-" + i % 5));
            Files.write(shop.resolve("pull-" + i + ".csv"), bytes);
            logs.add(Sha256.hex(bytes));
        }
        Map<String, RunResult> results = new ConcurrentHashMap<>();
        Pipeline.Listener listener = new Pipeline.Listener() {
            @Override
            public void runPublished(RunResult result) {
                results.put(result.key().toString(), result);
            }
        };
        // When
        try (Pipeline pipeline =
                Pipeline.start(LiveNode.settings(temp), Pipeline.everything(), Listeners.of(listener))) {
            await().atMost(Duration.ofMillis(60_000 + 200L * FILES))
                    .pollInterval(Duration.ofMillis(200))
                    .until(pipeline::isIdle);
        }
        // Then
        assertThat(results.values()).hasSize(FILES).allMatch(RunResult::ok);
        assertThat(results.values().stream().map(RunResult::inputSha256).toList())
                .containsExactlyInAnyOrderElementsOf(logs);
        List<DropReport.Entry> entries = DropReport.of(temp.resolve("drop")).entries();
        assertThat(entries).hasSize(FILES).allMatch(entry -> entry.state() == DropReport.State.DONE);
        for (RunResult result : results.values()) {
            assertThat(temp.resolve("runs").resolve(result.folder()).resolve("manifest.json"))
                    .exists();
        }
    }
}
