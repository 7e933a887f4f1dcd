package dynoai.dashboard;

import dynoai.analyzer.stream.AnalyzerEvents;
import dynoai.catalogue.run.Notice;
import dynoai.catalogue.run.ResultLine;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import dynoai.dashboard.board.RunBoard;
import dynoai.dashboard.board.Throughput;
import dynoai.dashboard.runs.LeftFiles;
import dynoai.engine.stored.DropLocation;
import dynoai.exporter.stage.ExporterEvents;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.FileState;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.scan.FolderScan;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.run.FailureCode;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Puts the events of this process's stages on a board. */
public final class BoardEvents implements IngestEvents, AnalyzerEvents, ExporterEvents {
    /** A run's progress is shown at most four times a second. */
    private static final long PROGRESS_MILLIS = 250;

    private static final int MAX_FOLDING = 1_000;

    private final RunBoard board;
    private final Throughput throughput;
    private final InstantSource clock;

    /** The runs that this process reads or folds. */
    private final Map<RunKey, Folding> folding = new ConcurrentHashMap<>();

    /** How far a run is folded. */
    private static final class Folding {
        private final long ofRows;
        private long rows;
        private long reportedMillis = Long.MIN_VALUE / 2;

        Folding(long ofRows) {
            this.ofRows = ofRows;
        }
    }

    public BoardEvents(RunBoard board, Throughput throughput, InstantSource clock) {
        this.board = board;
        this.throughput = throughput;
        this.clock = clock;
    }

    @Override
    public void fileChanged(Path file, FileState state) {
        String path = file.toString().replace('\\', '/');
        DropLocation location = DropLocation.of(path, RunKey.LOCAL_SHOP);
        if (state instanceof FileState.Waiting waiting) {
            board.put(line(location, path, path, RunState.WAITING)
                    .ended(RunState.WAITING, 0, Notice.of("", waiting.why())));
            return;
        }
        board.remove(unclaimed(location, path));
        if (state instanceof FileState.LeftAlone left) {
            leftAlone(path, left.why());
        } else if (state instanceof FileState.Sent sent) {
            board.put(RunLine.started(location.shop(), location.cell(), sent.runId(), path, RunState.FOLDING, 0));
        } else if (state instanceof FileState.Rejected rejected) {
            RunLine line = line(location, rejected.runId(), path, RunState.REJECTED);
            board.put(line.ended(RunState.REJECTED, clock.millis(), Notice.of(rejected.code(), "")));
        } else if (state instanceof FileState.Duplicate duplicate) {
            RunLine line = line(location, duplicate.runId(), path, RunState.DUPLICATE);
            String of = duplicate.ofRunId();
            Notice notice = new Notice(FailureCode.DUPLICATE.name(), 0, "", "the same as run " + of, "", of);
            board.put(line.ended(RunState.DUPLICATE, clock.millis(), notice));
        }
    }

    private void leftAlone(String path, String why) {
        boolean shown = !path.startsWith(".") && !why.equals(FolderScan.BASE_TABLE);
        if (shown && board.states().getOrDefault(RunState.LEFT, 0) < LeftFiles.MAX_LINES) {
            board.put(LeftFiles.line(path, why, clock.millis()));
        }
    }

    @Override
    public void fileVanished(Path file) {
        String path = file.toString().replace('\\', '/');
        board.remove(unclaimed(DropLocation.of(path, RunKey.LOCAL_SHOP), path));
    }

    @Override
    public void fileStarted(Claim claim) {
        board.put(started(claim, RunState.READING));
    }

    @Override
    public void claimRecovered(Claim claim) {
        board.put(started(claim, claim.attempt() > 0 ? RunState.FOLDING : RunState.READING));
    }

    @Override
    public void fileCommitted(Claim claim) {
        board.put(started(claim, RunState.FOLDING));
    }

    @Override
    public void runResent(Claim claim) {
        board.restart(started(claim, RunState.READING));
    }

    @Override
    public void logProgress(Claim claim, long rows, long bytes) {
        board.put(started(claim, RunState.READING).soFar(rows, percent(bytes, claim.size()) + " read"));
    }

    @Override
    public void logCounted(Claim claim, long rows) {
        if (folding.size() >= MAX_FOLDING) {
            folding.clear(); // They are folded by another node, or were duplicates.
        }
        folding.put(new RunKey(claim.shop(), claim.runId()), new Folding(rows));
    }

    @Override
    public void blockFolded(FoldedBlock block) {
        throughput.rowsFolded(block.run().shop(), block.rows());
        @Nullable Folding run = folding.get(block.run());
        if (run != null) {
            foldedSoFar(block, run);
        }
    }

    private void foldedSoFar(FoldedBlock block, Folding run) {
        synchronized (run) {
            run.rows += block.rows();
            long now = clock.millis();
            if (now - run.reportedMillis >= PROGRESS_MILLIS) {
                run.reportedMillis = now;
                RunLine line = reported(block.run(), RunState.FOLDING);
                board.put(line.soFar(run.rows, percent(run.rows, run.ofRows) + " folded"));
            }
        }
    }

    private static String percent(long done, long all) {
        return (all == 0 ? 0 : Math.min(100, 100 * done / all)) + " %";
    }

    @Override
    public void runCompleted(RunKey run, int attempt, long rows) {
        folding.remove(run);
        board.put(reported(run, RunState.WRITING));
    }

    @Override
    public void runFailed(RunKey run, int attempt, FailureCode code, String message) {
        folding.remove(run);
        board.put(reported(run, RunState.WRITING).ended(RunState.WRITING, 0, Notice.of(code.name(), message)));
    }

    @Override
    public void runPublished(RunResult result) {
        throughput.runEnded(result.key().shop());
        board.put(ResultLine.of(result));
    }

    /** Transient failures and warnings are for the log and the meters, not for the board. */
    @Override
    public void transientFailure(String where, Exception cause) {}

    @Override
    public void warning(String where, String message) {}

    /** The board shows the health of the stages. */
    @Override
    public void failed(String stage, Throwable bug) {}

    /** Returns the key of a log that has no run id yet. */
    private static String unclaimed(DropLocation location, String path) {
        return location.shop() + '/' + path;
    }

    private RunLine line(DropLocation location, String runId, String path, RunState state) {
        return RunLine.started(location.shop(), location.cell(), runId, path, state, clock.millis());
    }

    private static RunLine started(Claim claim, RunState state) {
        return RunLine.started(
                claim.shop(),
                claim.cell(),
                claim.runId(),
                claim.original(),
                state,
                claim.claimedAt().toEpochMilli());
    }

    private static RunLine reported(RunKey run, RunState state) {
        return RunLine.started(run.shop(), "", run.runId(), "", state, 0);
    }
}
