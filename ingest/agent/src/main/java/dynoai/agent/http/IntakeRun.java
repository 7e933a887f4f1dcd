package dynoai.agent.http;

import dynoai.schemas.json.JsonTree;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.util.List;
import java.util.Map;

/**
 * A run as the intake describes it.
 *
 * @param state a state of the protocol; {@link #UNKNOWN} if the intake has no such run
 * @param sha256 of the log, or empty
 * @param reason why it failed; without meaning in other states
 * @param duplicateOf the earlier run, or empty
 * @param files of the run folder, only when it is done
 */
public record IntakeRun(
        String runId, String state, String sha256, Rejection reason, String duplicateOf, List<OutputFile> files) {
    static final String UPLOADING = "uploading";
    static final String UNKNOWN = "unknown";
    static final String DONE = "done";
    private static final List<String> FAILED = List.of("failed", "rejected", "duplicate");

    /** A file of a run folder. */
    public record OutputFile(String name, long bytes, String sha256) {}

    static IntakeRun of(JsonTree run) {
        String state = run.at("state").text();
        return new IntakeRun(
                run.at("run_id").text(),
                state,
                run.at("sha256").text(),
                run.at("reason").value() instanceof Map<?, ?> reason
                        ? Rejection.ofMap(reason)
                        : Rejection.of(
                                state.equals("duplicate") ? FailureCode.DUPLICATE : FailureCode.RUN_FAILED,
                                "the intake gives no reason",
                                ""),
                run.at("duplicate_of").text(),
                run.at("files").items().stream()
                        .map(file -> new OutputFile(
                                file.at("file").text(),
                                file.at("bytes").whole(),
                                file.at("sha256").text()))
                        .toList());
    }

    static IntakeRun unknown(String runId) {
        return new IntakeRun(runId, UNKNOWN, "", Rejection.of(FailureCode.RUN_FAILED, "unknown", ""), "", List.of());
    }

    public boolean isDone() {
        return state.equals(DONE);
    }

    public boolean isFailed() {
        return FAILED.contains(state);
    }

    /** Whether the intake does not have the whole log, so that it must be sent again. */
    public boolean isIncomplete() {
        return state.equals(UNKNOWN) || state.equals(UPLOADING);
    }
}
