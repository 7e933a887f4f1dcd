package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.ingest.admit.AdmitSettings;
import dynoai.ingest.admit.AdmitStage;
import dynoai.ingest.folder.run.Admission;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.run.ShopTurns;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accepted uploads become runs, with one admit and with two that share the shops. */
@Tag("broker")
class AdmitTest {
    @TempDir
    private Path folder;

    private Pipeline pipeline;
    private AcceptedUploads uploads;

    @BeforeEach
    void start() throws Exception {
        pipeline = Pipeline.start(
                LiveNode.settings(folder),
                EnumSet.of(StageKind.ADMIT, StageKind.ANALYZER, StageKind.EXPORTER),
                Listeners.of(new Pipeline.Listener() {}));
        await().atMost(LiveNode.MAX_WAIT).until(pipeline::isReady);
        uploads = new AcceptedUploads(folder, new FolderStore(folder.resolve("data/store")), pipeline.clients());
    }

    @AfterEach
    void stop() {
        uploads.close();
        pipeline.close();
    }

    @Test
    void twoAdmits_shareTheShops_alsoWhenOneEnds() throws Exception {
        // Given
        List<LogAccepted> logs = new ArrayList<>();
        // When
        try (AdmitStage second = secondAdmit()) {
            await().atMost(LiveNode.MAX_WAIT).until(second::isReady);
            for (int i = 0; i < 20; i++) {
                logs.add(uploads.accept("shop-" + i % 8, "r" + i, i));
            }
            uploads.awaitFirst();
        }
        for (int i = 20; i < 40; i++) {
            logs.add(uploads.accept("shop-" + i % 8, "r" + i, i));
        }
        uploads.awaitEnds();
        LogAccepted duplicate = uploads.accept("shop-3", "again", 3);
        uploads.awaitEnds();
        // Then
        assertThat(logs).allMatch(log -> uploads.state(log).equals("done"));
        assertThat(uploads.state(duplicate)).isEqualTo("duplicate");
        uploads.runsAreThoseOfBatch();
    }

    private AdmitStage secondAdmit() throws IOException {
        return AdmitStage.start(
                new AdmitSettings(
                        folder.resolve("second"),
                        uploads.store(),
                        pipeline.clients(),
                        "second",
                        1 << 30,
                        false,
                        new Admission(ShopTurns.Limits.DEFAULT)),
                IngestEvents.NONE);
    }
}
