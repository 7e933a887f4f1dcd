package dynoai.dashboard;

import dynoai.analyzer.stream.AnalyzerEvents;
import dynoai.dashboard.board.RunBoard;
import dynoai.dashboard.board.RunLine;
import dynoai.dashboard.board.RunState;
import dynoai.dashboard.board.Throughput;
import dynoai.dashboard.board.Trouble;
import dynoai.dashboard.feed.ResultLine;
import dynoai.dashboard.runs.DropLocation;
import dynoai.exporter.stage.ExporterEvents;
import dynoai.ingest.folder.Claim;
import dynoai.ingest.folder.FileState;
import dynoai.ingest.folder.IngestEvents;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.run.FailureCode;
import java.nio.file.Path;
import java.time.InstantSource;

/** Tells a board what the stages of this process report. */
public final class BoardEvents implements IngestEvents, AnalyzerEvents, ExporterEvents {
    private final RunBoard board;
    private final Throughput throughput;
    private final InstantSource clock;

    public BoardEvents(RunBoard board, Throughput throughput, InstantSource clock) {
        this.board = board;
        this.throughput = throughput;
        this.clock = clock;
    }

    @Override
    public void fileChanged(Path file, FileState state) {
        String path = file.toString().replace('\\', '/');
        DropLocation place = DropLocation.of(path, RunKey.LOCAL_SHOP);
        if (state instanceof FileState.Waiting waiting) {
            board.put(line(place, path, path, RunState.WAITING)
                    .ended(RunState.WAITING, 0, Trouble.of("", waiting.why())));
            return;
        }
        board.remove(unclaimed(place, path));
        if (state instanceof FileState.Sent sent) {
            board.put(RunLine.begun(place.shop(), place.cell(), sent.runId(), path, RunState.FOLDING, 0));
        } else if (state instanceof FileState.Rejected rejected) {
            RunLine line = line(place, rejected.runId(), path, RunState.REJECTED);
            board.put(line.ended(RunState.REJECTED, clock.millis(), Trouble.of(rejected.code(), "")));
        } else if (state instanceof FileState.Duplicate duplicate) {
            RunLine line = line(place, duplicate.runId(), path, RunState.DUPLICATE);
            Trouble same = Trouble.of(FailureCode.DUPLICATE.name(), "the same as run " + duplicate.ofRunId());
            board.put(line.ended(RunState.DUPLICATE, clock.millis(), same));
        }
    }

    @Override
    public void fileVanished(Path file) {
        String path = file.toString().replace('\\', '/');
        board.remove(unclaimed(DropLocation.of(path, RunKey.LOCAL_SHOP), path));
    }

    @Override
    public void fileStarted(Claim claim) {
        board.put(begun(claim, RunState.READING));
    }

    @Override
    public void claimRecovered(Claim claim) {
        board.put(begun(claim, claim.attempt() > 0 ? RunState.FOLDING : RunState.READING));
    }

    @Override
    public void fileCommitted(Claim claim) {
        board.put(begun(claim, RunState.FOLDING));
    }

    @Override
    public void runResent(Claim claim) {
        board.restart(begun(claim, RunState.READING));
    }

    @Override
    public void blockFolded(FoldedBlock block) {
        throughput.rowsFolded(block.rows());
    }

    @Override
    public void runCompleted(RunKey run, int attempt, long rows) {
        board.put(heard(run, RunState.WRITING));
    }

    @Override
    public void runFailed(RunKey run, int attempt, FailureCode code, String message) {
        board.put(heard(run, RunState.WRITING).ended(RunState.WRITING, 0, Trouble.of(code.name(), message)));
    }

    @Override
    public void runPublished(RunResult result) {
        throughput.runEnded();
        board.put(ResultLine.of(result));
    }

    /** Transient failures are for the log and the meters, not for the board. */
    @Override
    public void transientFailure(String where, Exception cause) {}

    /** The key of a log that has no run id yet. */
    private static String unclaimed(DropLocation place, String path) {
        return place.shop() + '/' + path;
    }

    private RunLine line(DropLocation place, String runId, String path, RunState state) {
        return RunLine.begun(place.shop(), place.cell(), runId, path, state, clock.millis());
    }

    private static RunLine begun(Claim claim, RunState state) {
        return RunLine.begun(
                claim.shop(),
                claim.cell(),
                claim.runId(),
                claim.original(),
                state,
                claim.claimedAt().toEpochMilli());
    }

    private static RunLine heard(RunKey run, RunState state) {
        return RunLine.begun(run.shop(), "", run.runId(), "", state, 0);
    }
}
