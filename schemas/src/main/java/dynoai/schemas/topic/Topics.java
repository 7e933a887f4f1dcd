package dynoai.schemas.topic;

import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.AgentContact;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.record.LogRow;
import dynoai.schemas.record.RejectedLog;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.record.ShopEntry;
import dynoai.schemas.wire.WireFormat;
import java.time.Duration;
import java.util.List;

/** The topics of the pipeline, in the order of the data flow. */
public final class Topics {
    private static final int MIB = 1024 * 1024;

    /** Enough for the timeline of a log of weeks: an outcome has about 150 bytes for each window of ten seconds. */
    public static final int MAX_OUTCOME_BYTES = 64 * MIB;

    /** From ingest to analyzer: the rows of runs. All records of a run are in one partition, in order. */
    public static final Topic<RunLogRecord> RUN_LOG = new Topic<>(
            "run-log.v1",
            "{shop}/{run_id}",
            WireFormat.RUN_LOG,
            false,
            Duration.ofDays(3),
            false,
            2 * MIB,
            2048L * MIB);

    /** From analyzer to exporter: analysis outcomes. */
    public static final Topic<RunOutcome> RUN_GRIDS = new Topic<>(
            "run-grids.v1",
            "{shop}/{run_id}",
            WireFormat.RUN_OUTCOME,
            false,
            Duration.ofDays(30),
            false,
            MAX_OUTCOME_BYTES,
            256L * MIB);

    /** From exporter to all: run results. They are kept as long as the ledger's entries. */
    public static final Topic<RunResult> RUN_RESULTS = new Topic<>(
            "run-results.v1", "{shop}/{run_id}", WireFormat.RUN_RESULT, true, Duration.ofDays(400), false, MIB, 0);

    /** Rejected logs. */
    public static final Topic<RejectedLog> REJECTED_LOGS = new Topic<>(
            "rejected-logs.v1",
            "{shop}/{sha256}",
            WireFormat.REJECTED_LOG,
            false,
            Duration.ofDays(90),
            false,
            MIB,
            64L * MIB);

    /** The ingest's ledger: the run of each log, and the owner of each drop folder. */
    public static final Topic<LedgerEntry> INGEST_LEDGER = new Topic<>(
            "ingest-ledger.v1",
            "run/{shop}/{identity} or root/{root id}",
            WireFormat.LEDGER,
            true,
            Duration.ofDays(400),
            true,
            MIB,
            0);

    /** From intake to admit: uploaded logs. */
    public static final Topic<LogAccepted> INTAKE = new Topic<>(
            "intake.v1", "{shop}", WireFormat.LOG_ACCEPTED, false, Duration.ofDays(30), false, MIB, 256L * MIB);

    /** The credentials and limits of shops. */
    public static final Topic<ShopEntry> SHOPS = new Topic<>(
            "shops.v1",
            "token/{id}, limits/{shop} or certificates/{shop}",
            WireFormat.SHOP_ENTRY,
            true,
            Duration.ZERO,
            true,
            MIB,
            0);

    /** The latest contact of each shop's agents. */
    public static final Topic<AgentContact> AGENTS = new Topic<>(
            "agents.v1", "{shop}/{agent}", WireFormat.AGENT_CONTACT, true, Duration.ofDays(30), true, MIB, 0);

    /** Plain rows, only with {@code --publish-rows}. */
    public static final Topic<LogRow> LOG_ROWS = new Topic<>(
            "log-rows.v1", "{shop}/{run_id}", WireFormat.LOG_ROW, false, Duration.ofDays(3), false, MIB, 512L * MIB);

    /** The schemas of all writers: hexadecimal fingerprint to JSON. Compacted, one partition. */
    public static String schemas(Namespace namespace) {
        return namespace.topic("schemas.v1");
    }

    /**
     * Records whose schema is unknown, by where they were. A record without a value says that the dead letter was replayed. One
     * partition.
     */
    public static String deadLetters(Namespace namespace) {
        return namespace.topic("dead-letter.v1");
    }

    /** Maximum bytes of a dead letter: an outcome with its headers. */
    public static final int MAX_DEAD_LETTER_BYTES = MAX_OUTCOME_BYTES + MIB;

    static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(90);
    static final long DEAD_LETTER_EMBEDDED_BYTES = 256L * MIB;

    public static final int EMBEDDED_PARTITIONS = 4;
    public static final int PARTITIONS = 24;

    /** Every topic with a format, and so every format. */
    public static final List<Topic<?>> ALL =
            List.of(RUN_LOG, RUN_GRIDS, RUN_RESULTS, REJECTED_LOGS, INGEST_LEDGER, INTAKE, SHOPS, AGENTS, LOG_ROWS);

    private Topics() {}
}
