package dynoai.dashboard.feed;

import dynoai.dashboard.board.Findings;
import dynoai.dashboard.board.RunLine;
import dynoai.dashboard.board.RunState;
import dynoai.dashboard.board.Trouble;
import dynoai.schemas.record.RunResult;

/** A published result as a line of the board. */
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
                bare && result.ok() ? Trouble.NONE : Trouble.of(result.code(), bare ? "" : result.message()));
    }
}
