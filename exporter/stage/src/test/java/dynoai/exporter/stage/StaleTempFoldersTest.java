package dynoai.exporter.stage;

import static dynoai.exporter.stage.ExportFixture.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaleTempFoldersTest {
    @TempDir
    Path runs;

    @Test
    void sweep_removesTheFoldersOfTheInstanceOnly() throws Exception {
        // Given
        Path own = temporary(runs, "test", RUN);
        Path ownOfShop = temporary(runs.resolve("north"), "test", RUN);
        Path ofOther = temporary(runs, "other", RUN);
        // When
        StaleTempFolders.sweep(runs, "test");
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
        StaleTempFolders stale = StaleTempFolders.sweep(runs, "test");
        // When
        stale.removeFor(runs.resolve(RUN));
        // Then
        assertThat(ofRun).doesNotExist();
        assertThat(ofOtherRun).exists();
        assertThat(ofOtherShop).exists();
    }

    @Test
    void folderCreatedAfterTheSweep_isKept() throws Exception {
        // Given
        StaleTempFolders stale = StaleTempFolders.sweep(runs, "test");
        Path alive = temporary(runs, "other", RUN);
        // When
        stale.removeFor(runs.resolve(RUN));
        // Then
        assertThat(alive).exists();
    }

    private static Path temporary(Path folder, String instance, String runId) throws Exception {
        Path temporary = folder.resolve(".tmp-" + instance + "-" + runId);
        Files.createDirectories(temporary.resolve("inner"));
        return temporary;
    }
}
