package dynoai.ingest.folder;

/**
 * What has become of a file in the drop folder.
 *
 * <pre>
 *             ┌─────────┐ settled  ┌─────────┐ committed ┌──────┐ run folder ┌──────┐
 *   seen ───▶ │Settling │ ───────▶ │ Claimed │ ────────▶ │ Sent │ ─────────▶ │ Done │
 *             └─────────┘          └─────────┘           └──────┘            └──────┘
 *               ▲    │ unreadable     │  │ ▲ lost in transit │ run failed
 *               │    ▼                │  │ └──────────────── ┤          ┌──────────┐
 *             ┌─────────┐             │  └───────────────────┴────────▶ │ Rejected │
 *             │ Waiting │             │ known already     refused       └──────────┘
 *             └─────────┘             ▼
 *                              ┌───────────┐
 *   LeftAlone: no log of ours  │ Duplicate │
 *                              └───────────┘
 * </pre>
 */
public sealed interface FileState {

    /** Its size, time or last bytes moved less than a settle time ago. */
    record Settling() implements FileState {}

    /** It cannot be taken at the moment and is tried again; {@code why} says what is in the way. */
    record Waiting(String why) implements FileState {}

    /** It is no log, or not one that may be taken. Nobody touches it. */
    record LeftAlone(String why) implements FileState {}

    /** It lies in the work folder under its run id and has not been sent. */
    record Claimed(String runId) implements FileState {}

    /** The run was committed to the run log; its result is awaited. */
    record Sent(String runId, int attempt) implements FileState {}

    /** The run folder exists and the log lies under {@code done}. */
    record Done(String runId) implements FileState {}

    /** The log, or its run, was refused; the reason lies beside it. */
    record Rejected(String runId, String code) implements FileState {}

    /** The same bytes with the same options were a run before. */
    record Duplicate(String runId, String ofRunId) implements FileState {}

    /** Whether nothing will change this state any more. */
    default boolean isEnd() {
        return this instanceof Done || this instanceof Rejected || this instanceof Duplicate;
    }
}
