package dynoai.schemas.topic;

import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.record.LogRow;
import dynoai.schemas.record.RejectedLog;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.wire.WireFormat;
import java.time.Duration;
import java.util.List;

/** Every topic of the pipeline, in the order the data travels. */
public final class Topics {
    private static final int MIB = 1024 * 1024;

    /** Room for the timeline of a log of weeks: an outcome carries about 150 bytes for each window of ten seconds. */
    public static final int LONGEST_OUTCOME = 64 * MIB;

    /** From ingest to analyzer: a run's rows. One partition holds a run, in order. */
    public static final Topic<RunLogRecord> RUN_LOG = new Topic<>(
            "dynoai.run-log.v1",
            "{shop}/{run_id}",
            WireFormat.RUN_LOG,
            false,
            Duration.ofDays(3),
            false,
            2 * MIB,
            2048L * MIB);

    /** From analyzer to exporter: grids or a failure. */
    public static final Topic<RunOutcome> RUN_GRIDS = new Topic<>(
            "dynoai.run-grids.v1",
            "{shop}/{run_id}",
            WireFormat.RUN_OUTCOME,
            false,
            Duration.ofDays(30),
            false,
            LONGEST_OUTCOME,
            256L * MIB);

    /** From exporter to everyone: the run folder is there. */
    public static final Topic<RunResult> RUN_RESULTS = new Topic<>(
            "dynoai.run-results.v1", "{shop}/{run_id}", WireFormat.RUN_RESULT, true, Duration.ZERO, false, MIB, 0);

    /** Logs that made no run, and why. */
    public static final Topic<RejectedLog> REJECTED_LOGS = new Topic<>(
            "dynoai.rejected-logs.v1",
            "{shop}/{sha256}",
            WireFormat.REJECTED_LOG,
            false,
            Duration.ofDays(90),
            false,
            MIB,
            64L * MIB);

    /** What the ingest remembers: which log is which run, and who reads which root. */
    public static final Topic<LedgerEntry> INGEST_LEDGER = new Topic<>(
            "dynoai.ingest-ledger.v1",
            "run/{shop}/{identity} or root/{root id}",
            WireFormat.LEDGER,
            true,
            Duration.ofDays(400),
            true,
            MIB,
            0);

    /** Plain rows, for consumers that want them; written with --publish-rows only. */
    public static final Topic<LogRow> LOG_ROWS = new Topic<>(
            "dynoai.log-rows.v1",
            "{shop}/{run_id}",
            WireFormat.LOG_ROW,
            false,
            Duration.ofDays(3),
            false,
            MIB,
            512L * MIB);

    /** The schemas of all writers: fingerprint in hex to JSON, both as text. Compacted, one partition. */
    public static final String SCHEMAS = "dynoai.schemas.v1";

    public static final int EMBEDDED_PARTITIONS = 4;
    public static final int PARTITIONS = 24;

    /** Every topic with a format, in the order the data travels. */
    public static final List<Topic<?>> ALL =
            List.of(RUN_LOG, RUN_GRIDS, RUN_RESULTS, REJECTED_LOGS, INGEST_LEDGER, LOG_ROWS);

    private Topics() {}
}
