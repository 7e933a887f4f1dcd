package dynoai.ingest.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.run.FileState;
import dynoai.ingest.folder.run.RunTransport;
import dynoai.ingest.folder.scan.DropLayout;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
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

    @Test
    void logsAreChecked_whileNothingCanBeSent() throws Exception {
        // Given
        ingest.transport.down = true;
        ingest.transport.noticesDown = true;
        for (int log = 0; log < 6; log++) {
            ingest.drop("good-" + log + ".csv", "rpm,map\n" + log);
        }
        ingest.drop("later.csv", "garbage");
        // When
        ingest.passWhileDown(Duration.ofSeconds(2), 30);
        // Then
        assertThat(ingest.filesIn("rejected")).contains("later.csv/later.csv");
        assertThat(ingest.transport.sent).isEmpty();
        assertThat(ingest.transport.sends).isEqualTo(6);
    }

    @Test
    void waitingRuns_areSentOnceTheyCan() throws Exception {
        // Given
        ingest.transport.down = true;
        ingest.transport.noticesDown = true;
        ingest.drop("pull.csv", "rpm,map\n");
        ingest.passWhileDown(Duration.ofSeconds(2), 30);
        ingest.transport.down = false;
        // When
        ingest.pass(Duration.ZERO);
        // Then
        assertThat(ingest.filesIn("done")).containsExactly("pull.csv", "pull.csv.run.yaml");
    }

    @Test
    void duplicateOfAnotherMachine_isArchivedWithTheEarlierRun() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = false;
        ingest.drop("pull.csv", "rpm,map\n");
        ingest.passSettleTime();
        InMemoryTransport.SentRun run = ingest.transport.sent.get(0);
        Rejection why = Rejection.of(FailureCode.DUPLICATE, "the same as r1", "");
        ingest.transport.results.add(
                new RunTransport.Result(run.key(), 0, run.sha256(), Optional.of(why), true, Optional.of("r1")));
        // When
        ingest.pass(Duration.ZERO);
        // Then
        assertThat(ingest.state("pull.csv")).isEqualTo(new FileState.Duplicate(run.runId(), "r1"));
        assertThat(report().in(DropReport.State.DUPLICATE))
                .extracting(DropReport.Entry::detail)
                .containsExactly("r1");
    }

    private DropReport report() throws IOException {
        return DropReport.of(ingest.folder, DropLayout.CELLS, ClaimKey.find(new FolderStore(ingest.store)));
    }
}
