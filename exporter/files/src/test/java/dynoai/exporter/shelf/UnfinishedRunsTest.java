package dynoai.exporter.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedRunsTest {
    private static final String RUN = "2026-03-04T05-06-07Z-0a1b2c";

    @TempDir
    Path runs;

    @Test
    void sweep_removesTheFoldersOfTheInstanceOnly() throws Exception {
        // Given
        Path own = temporary(runs, "test", RUN);
        Path ownOfShop = temporary(runs.resolve("north"), "test", RUN);
        Path ofOther = temporary(runs, "other", RUN);
        // When
        UnfinishedRuns.sweep(runs, "test");
        // Then
        assertThat(own).doesNotExist();
        assertThat(ownOfShop).doesNotExist();
        assertThat(ofOther).exists();
    }

    @Test
    void publishedRun_removesTheFoldersOfOthersForThisRunOnly() throws Exception {
        // Given
        Path ofRun = temporary(runs, "other", RUN);
        Path ofOtherRun = temporary(runs, "other", RUN + "2");
        Path ofOtherShop = temporary(runs.resolve("north"), "other", RUN);
        UnfinishedRuns unfinished = UnfinishedRuns.sweep(runs, "test");
        // When
        unfinished.removeOf(runs.resolve(RUN));
        // Then
        assertThat(ofRun).doesNotExist();
        assertThat(ofOtherRun).exists();
        assertThat(ofOtherShop).exists();
    }

    @Test
    void folderCreatedAfterTheSweep_isKept() throws Exception {
        // Given
        UnfinishedRuns unfinished = UnfinishedRuns.sweep(runs, "test");
        Path alive = temporary(runs, "other", RUN);
        // When
        unfinished.removeOf(runs.resolve(RUN));
        // Then
        assertThat(alive).exists();
    }

    private static Path temporary(Path folder, String instance, String runId) throws Exception {
        Path temporary = folder.resolve(".tmp-" + instance + "-" + runId);
        Files.createDirectories(temporary.resolve("inner"));
        return temporary;
    }
}
