package dynoai.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.analyzer.stream.AnalyzerEvents;
import dynoai.catalogue.Catalogue;
import dynoai.catalogue.CatalogueAddress;
import dynoai.catalogue.run.Notice;
import dynoai.catalogue.run.Page;
import dynoai.catalogue.run.Query;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import dynoai.dashboard.board.RunBoard;
import dynoai.dashboard.board.Throughput;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.FileState;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events of the stages on a board. */
class BoardEventsTest {
    private static final Path LOG = Path.of("shop-a", "cell-1", "pull.csv");

    @TempDir
    private Path folder;

    private Catalogue catalogue;
    private RunBoard board;
    private BoardEvents events;

    @BeforeEach
    void open() throws IOException {
        catalogue = Catalogue.open(new CatalogueAddress.File(folder.resolve("catalogue.db")));
        board = new RunBoard(catalogue);
        events = new BoardEvents(board, new Throughput(() -> Instant.EPOCH), () -> Instant.ofEpochMilli(5));
    }

    @AfterEach
    void close() {
        catalogue.close();
    }

    @Test
    void waitingLog_isShown() throws Exception {
        // When
        events.fileChanged(LOG, new FileState.Waiting("another program has it open"));

        // Then
        assertThat(board.states()).isEqualTo(Map.of(RunState.WAITING, 1));
    }

    @Test
    void fileThatIsLeftAlone_isShownUntilItVanishes() throws Exception {
        // Given
        Path left = Path.of("Bob's Cycles");
        events.fileChanged(left, new FileState.LeftAlone("not a valid shop id"));
        List<RunState> shown = states();

        // When
        events.fileVanished(left);

        // Then
        assertThat(shown).containsExactly(RunState.LEFT);
        assertThat(states()).isEmpty();
    }

    @Test
    void waitingLogThatVanishes_isRemoved() throws Exception {
        // Given
        events.fileChanged(LOG, new FileState.Waiting("another program has it open"));

        // When
        events.fileVanished(LOG);

        // Then
        assertThat(board.states()).isEmpty();
    }

    @Test
    void waitingLogThatIsRejected_isShownOnce() throws Exception {
        // Given
        events.fileChanged(LOG, new FileState.Waiting("it cannot be read"));

        // When
        events.fileChanged(LOG, new FileState.Rejected("r1", "NOT_TEXT"));

        // Then
        assertThat(states()).containsExactly(RunState.REJECTED);
    }

    @Test
    void runOfAnEarlierProcess_isInFlight() throws Exception {
        // When
        events.claimRecovered(claim(1));
        events.fileChanged(LOG, new FileState.Claimed("r1"));
        events.fileChanged(LOG, new FileState.Sent("r1", 1));

        // Then
        assertThat(board.find("shop-a", "r1"))
                .contains(RunLine.started("shop-a", "cell-1", "r1", "shop-a/cell-1/pull.csv", RunState.FOLDING, 1_000));
    }

    @Test
    void logThatIsRead_hasItsRowsAndPercent() throws Exception {
        // Given
        Claim claim = claim(0);
        events.fileStarted(claim);

        // When
        events.logProgress(claim, 500, claim.size() / 2);

        // Then
        RunLine line = board.find("shop-a", "r1").orElseThrow();
        assertThat(line.state()).isEqualTo(RunState.READING);
        assertThat(line.findings().rows()).isEqualTo(500);
        assertThat(line.notice().message()).isEqualTo("50 % read");
    }

    @Test
    void runThatIsFolded_hasItsRowsAndPercentUntilItEnds() throws Exception {
        // Given
        RunKey run = new RunKey("shop-a", "r1");
        events.logCounted(claim(0), 4096);

        // When
        events.blockFolded(new AnalyzerEvents.FoldedBlock(run, 0, 1024, 1, 1));
        RunLine folding = board.find("shop-a", "r1").orElseThrow();
        events.runCompleted(run, 1, 4096);

        // Then
        assertThat(folding.state()).isEqualTo(RunState.FOLDING);
        assertThat(folding.findings().rows()).isEqualTo(1024);
        assertThat(folding.notice().message()).isEqualTo("25 % folded");
        assertThat(board.find("shop-a", "r1").orElseThrow().notice()).isEqualTo(Notice.NONE);
    }

    @Test
    void runThatEnded_keepsThePathOfItsLog() throws Exception {
        // Given: the result has the name of the log only
        events.fileCommitted(claim(0));
        RunLine result = RunLine.started("shop-a", "cell-1", "r1", "pull.csv", RunState.DONE, 1_000);

        // When
        board.put(result);
        board.flush();

        // Then
        assertThat(board.find("shop-a", "r1").orElseThrow().file()).isEqualTo("shop-a/cell-1/pull.csv");
    }

    @Test
    void pageWhileRunsMoveToTheCatalogue_hasEachRunOnce() throws Exception {
        // Given
        int runs = 4_000;
        for (int i = 0; i < runs; i++) {
            board.put(Lines.done("shop-a", "cell-1", "run-" + i, "bike-7", 1_000 + i));
        }
        Set<Page> pages = new HashSet<>();

        // When
        CompletableFuture<Void> flush = CompletableFuture.runAsync(this::flush);
        do {
            pages.add(board.page(Query.ALL, 2, 50));
        } while (!flush.isDone());

        // Then
        flush.join();
        assertThat(pages).singleElement().satisfies(page -> {
            assertThat(page.total()).isEqualTo(runs);
            assertThat(page.runs()).hasSize(50);
            assertThat(page.runs().get(0).runId()).isEqualTo("run-" + (runs - 51));
        });
    }

    private void flush() {
        try {
            board.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void claimThatWasNeverSent_isReadAgain() throws Exception {
        // When
        events.claimRecovered(claim(0));

        // Then
        assertThat(states()).containsExactly(RunState.READING);
    }

    @Test
    void rejectionReportedTwice_isShownOnceWithItsReason() throws Exception {
        // Given: from the folder, with the reason
        Notice why = new Notice("NOT_TEXT", 3, "", "there are NUL bytes", "export it as text", "");
        RunLine read = RunLine.started("shop-a", "cell-1", "r1", "shop-a/cell-1/pull.csv", RunState.REJECTED, 5);
        board.put(read.ended(RunState.REJECTED, 5, why));

        // When: from the ingest, without
        events.fileChanged(LOG, new FileState.Rejected("r1", "NOT_TEXT"));

        // Then
        assertThat(states()).containsExactly(RunState.REJECTED);
        assertThat(board.find("shop-a", "r1").orElseThrow().notice()).isEqualTo(why);
    }

    @Test
    void runsOfTheSameVehicleInAnotherCell_canBeCompared() throws Exception {
        // Given
        RunLine here = done("r1", "cell-1", "bike-7");
        board.put(here);
        board.put(done("r2", "cell-2", "bike-7"));
        board.put(done("r3", "cell-1", "bike-8"));
        board.put(done("r4", "cell-2", "bike-8"));

        // When
        List<String> others =
                board.comparable(here, 10).stream().map(RunLine::runId).toList();

        // Then
        assertThat(others).containsExactlyInAnyOrder("r2", "r3");
    }

    private static RunLine done(String id, String cell, String vehicle) {
        return Lines.done("shop-a", cell, id, vehicle, 1_000);
    }

    private List<RunState> states() throws IOException {
        return board.page(Query.ALL, 1, 10).runs().stream().map(RunLine::state).toList();
    }

    private static Claim claim(int attempt) {
        return new Claim(
                "r1",
                "shop-a",
                "cell-1",
                "",
                "shop-a/cell-1/pull.csv",
                "pull.csv",
                10,
                "",
                AnalysisOptions.defaults(),
                Map.of(),
                Optional.empty(),
                attempt,
                false,
                Instant.ofEpochMilli(1_000),
                "");
    }
}
