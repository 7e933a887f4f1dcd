package dynoai.ingest.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.run.FileState;
import dynoai.ingest.folder.scan.DropLayout;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drop folder of a single shop, whose runs another machine analyses. */
final class OneShopTest {
    @TempDir
    private Path temp;

    private DropFolderFixture ingest;

    @BeforeEach
    void openDropFolder() throws Exception {
        ingest = DropFolderFixture.in(temp);
        ingest.with(ingest.settings().layout(DropLayout.CELLS)).start();
    }

    @AfterEach
    void closeDropFolder() throws Exception {
        ingest.close();
    }

    @Test
    void folders_nameCellAndBike() throws Exception {
        // Given
        ingest.drop("cell-2/softail/pull.csv", "rpm,map\n");
        ingest.drop("cell-2/softail/old/pull.csv", "rpm,map\n");
        // When
        ingest.passSettleTime();
        // Then
        InMemoryTransport.SentRun run = ingest.transport.sent.get(0);
        assertThat(ingest.transport.sent).hasSize(1);
        assertThat(run.shop()).isEqualTo("local");
        assertThat(run.cell()).isEqualTo("cell-2");
        assertThat(run.place()).isEqualTo("local/cell-2/softail/pull.csv");
        assertThat(ingest.state("cell-2/softail/old")).isEqualTo(new FileState.LeftAlone("deeper than cell/bike/LOG"));
    }

    @Test
    void claim_isTrustedAfterARestart() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("cell-2/pull.csv", "rpm,map\n");
        ingest.passSettleTime();
        // When
        ingest.restart();
        // Then
        assertThat(ingest.state("cell-2/pull.csv")).isInstanceOf(FileState.Sent.class);
        assertThat(report().in(DropReport.State.SENT))
                .extracting(DropReport.Entry::cell)
                .containsExactly("cell-2");
    }

    private DropReport report() throws IOException {
        return DropReport.of(ingest.folder, DropLayout.CELLS, ClaimKey.find(new FolderStore(ingest.store)));
    }
}
