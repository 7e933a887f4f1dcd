package dynoai.catalogue.run;

import dynoai.schemas.record.RejectedLog;
import dynoai.schemas.record.RunResult;

/** The line of a record of a topic. */
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

    public static RunLine of(RejectedLog log) {
        return RunLine.rejected(
                log.shop(),
                log.cell(),
                log.runId().isEmpty() ? log.key() : log.runId(),
                log.originalPath(),
                log.sha256(),
                log.rejectedAtMillis(),
                new Notice(log.code(), log.line(), log.column(), log.message(), log.hint(), ""));
    }
}
