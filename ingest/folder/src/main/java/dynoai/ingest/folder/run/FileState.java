package dynoai.ingest.folder.run;

/**
 * The state of a file in the drop folder, as reported to the outside.
 *
 * <pre>
 *             ┌─────────┐ settled  ┌─────────┐ committed ┌──────┐ run folder ┌──────┐
 *   seen ───▶ │Settling │ ───────▶ │ Claimed │ ────────▶ │ Sent │ ─────────▶ │ Done │
 *             └─────────┘          └─────────┘           └──────┘            └──────┘
 *               ▲    │ unreadable     │  │ ▲ lost by Kafka   │ run failed
 *               │    ▼                │  │ └──────────────── ┤          ┌──────────┐
 *             ┌─────────┐             │  └───────────────────┴────────▶ │ Rejected │
 *             │ Waiting │             │ same run exists   rejected      └──────────┘
 *             └─────────┘             ▼
 *                              ┌───────────┐
 *   LeftAlone: not a log       │ Duplicate │
 *                              └───────────┘
 * </pre>
 */
public sealed interface FileState {

    /** Its size, time or last bytes changed less than a settle time ago. */
    record Settling() implements FileState {}

    /** It cannot be claimed or processed at the moment and is retried. */
    record Waiting(String why) implements FileState {}

    /** It is not a log, or not one that may be claimed. It stays as it is. */
    record LeftAlone(String why) implements FileState {}

    /** It is in the work folder under its run id and is not in flight. */
    record Claimed(String runId) implements FileState {}

    /** The run was committed to the run log and its result is awaited. */
    record Sent(String runId, int attempt) implements FileState {}

    /** The run folder exists and the log is archived in {@code done}. */
    record Done(String runId) implements FileState {}

    /** The log was rejected or its run failed; the reason is next to the log. */
    record Rejected(String runId, String code) implements FileState {}

    /** The same bytes with the same options are an earlier run. */
    record Duplicate(String runId, String ofRunId) implements FileState {}

    /** Whether the file is archived. */
    default boolean isEnd() {
        return this instanceof Done || this instanceof Rejected || this instanceof Duplicate;
    }
}
