package dynoai.dashboard.feed;

import dynoai.dashboard.board.Findings;
import dynoai.dashboard.board.Notice;
import dynoai.dashboard.board.RunLine;
import dynoai.dashboard.board.RunState;
import dynoai.schemas.record.RunResult;

/** The line of a run result. */
public final class ResultLine {
    private ResultLine() {}

    public static RunLine of(RunResult result) {
        boolean bare = result.message().isEmpty() || result.message().equals("null");
        return new RunLine(
                result.key().shop(),
                result.cell(),
                result.key().runId(),
                result.fileName(),
                result.inputSha256(),
                result.ok() ? RunState.DONE : RunState.FAILED,
                result.ingestedAtMillis(),
                result.completedAtMillis(),
                Findings.counted(
                        result.rowsRead(),
                        result.binsCovered(),
                        result.frontAccepted() + result.rearAccepted(),
                        result.mathVersion()),
                bare && result.ok() ? Notice.NONE : Notice.of(result.code(), bare ? "" : result.message()));
    }
}
