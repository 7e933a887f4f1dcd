package dynoai.ingest.log;

import dynoai.ingest.log.block.AfrDelay;
import dynoai.ingest.log.block.BlockSink;
import dynoai.ingest.log.column.ColumnChoice;
import dynoai.ingest.log.column.ColumnChooser;
import dynoai.ingest.log.text.AsciiText;
import dynoai.ingest.log.text.Chunks;
import dynoai.ingest.log.text.LogHead;
import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a dyno log: {@link #plan} decides how, {@link #read} reads the rows. Memory does not grow with the log, and the result
 * does not depend on the number of threads.
 */
public final class LogReader {
    private static final double MILLIS_PER_SECOND = 1000;

    private LogReader() {}

    /** Decides how a log is read, from its header and as many rows as necessary. */
    public static LogPlan plan(LogSource source, AnalysisOptions options) throws LogRejectedException, IOException {
        return plan(source, options, Chunks.DEFAULT_BYTES);
    }

    static LogPlan plan(LogSource source, AnalysisOptions options, int chunkBytes)
            throws LogRejectedException, IOException {
        LogHead head =
                LogHead.read(source, options.mathVersion().isReplay() ? null : ColumnChooser::engineSpeed, chunkBytes);
        ColumnChoice candidates = ColumnChooser.choose(
                source.name(), head.headerLine(), head.columns(), head.below(), head.belowIsUnits(), options);
        UnitRules units = UnitRules.of(candidates, head, options);
        LogSurvey survey = LogSurvey.of(source, head, candidates, units, options, chunkBytes);
        if (!survey.hasRows()) {
            throw new LogRejectedException(Rejection.of(
                    FailureCode.EMPTY_LOG,
                    source.name(),
                    0,
                    "",
                    "there is a header line but no data row",
                    "one line per row after the header",
                    "export the log again; a recording that was stopped at once leaves only the header"));
        }
        rejectMissingColumns(source.name(), head, candidates, options);
        survey.rejectImplausibleMap();
        ColumnChoice choice = candidates.withMeasured(survey::hasValidAfr);
        LogSurvey.Decisions decisions = survey.decisions();
        boolean fillsTargets = options.fillsAfrTargets();
        double afrDelaySeconds = options.number(Option.AFR_DELAY) / MILLIS_PER_SECOND;
        LogDescription description = LogDescriber.of(head, candidates, choice, units, decisions, fillsTargets);
        return new LogPlan(head, choice, units, decisions, fillsTargets, afrDelaySeconds, description);
    }

    /**
     * Reads all rows of a log, with the digits of each number next to its double.
     *
     * @param threads number of parsing threads, including this one
     * @param observer receives the log's bytes in order
     */
    public static ReadTotals read(
            LogSource source, LogPlan plan, int threads, @Nullable ByteObserver observer, BlockSink sink)
            throws LogRejectedException, IOException {
        return read(source, plan, threads, observer, sink, Chunks.DEFAULT_BYTES);
    }

    static ReadTotals read(
            LogSource source,
            LogPlan plan,
            int threads,
            @Nullable ByteObserver observer,
            BlockSink sink,
            int chunkBytes)
            throws LogRejectedException, IOException {
        return read(source, plan, threads, observer, sink, chunkBytes, true);
    }

    /** As {@link #read}, but the blocks hold doubles only, which is faster. */
    public static ReadTotals readValues(
            LogSource source, LogPlan plan, int threads, @Nullable ByteObserver observer, BlockSink sink)
            throws LogRejectedException, IOException {
        return read(source, plan, threads, observer, sink, Chunks.DEFAULT_BYTES, false);
    }

    private static ReadTotals read(
            LogSource source,
            LogPlan plan,
            int threads,
            @Nullable ByteObserver observer,
            BlockSink sink,
            int chunkBytes,
            boolean keepsDecimals)
            throws LogRejectedException, IOException {
        ObservedSource observed = new ObservedSource(source, observer);
        try (Chunks chunks = plan.form().chunks(observed, chunkBytes)) {
            AfrDelay delay = plan.afrDelaySeconds() > 0 ? new AfrDelay(plan.afrDelaySeconds(), sink) : null;
            OrderedRead read = new OrderedRead(
                    plan.form().text(source), plan, chunks, delay == null ? sink : delay, keepsDecimals);
            read.run(Math.max(1, threads));
            if (delay != null) {
                delay.end();
            }
            return new ReadTotals(read.rowsRead(), read.unreadable(), observed.bytes());
        }
    }

    private static void rejectMissingColumns(String name, LogHead head, ColumnChoice choice, AnalysisOptions options)
            throws LogRejectedException {
        List<String> missing = new ArrayList<>();
        List<String> accepted = new ArrayList<>();
        if (!choice.has(Channel.RPM)) {
            missing.add("engine speed");
            accepted.add("for engine speed: " + ColumnChooser.accepted(Channel.RPM, choice, options));
        }
        if (!choice.has(Channel.MAP_KPA)) {
            missing.add("manifold pressure");
            accepted.add("for manifold pressure: " + ColumnChooser.accepted(Channel.MAP_KPA, choice, options));
        }
        boolean needsLoad = options.mathVersion().isReplay();
        if (needsLoad && !choice.has(Channel.TORQUE_FTLB) && !choice.has(Channel.POWER_HP)) {
            missing.add("torque or power");
            accepted.add("for torque: " + ColumnChooser.accepted(Channel.TORQUE_FTLB, choice, options)
                    + "; or for power: " + ColumnChooser.accepted(Channel.POWER_HP, choice, options));
        }
        if (missing.isEmpty()) {
            return;
        }
        throw new LogRejectedException(Rejection.of(
                FailureCode.MISSING_COLUMNS,
                name,
                0,
                "",
                "no column for " + String.join(", none for ", missing) + "; the log was read as "
                        + choice.format().key() + " and has " + listed(head.columns()),
                String.join("; ", accepted),
                "export the log with these channels, or rename its columns"));
    }

    private static String listed(List<String> columns) {
        List<String> shown = new ArrayList<>();
        for (String column : columns.subList(0, Math.min(columns.size(), 100))) {
            String header = AsciiText.trim(column);
            shown.add("'" + (header.length() > 80 ? header.substring(0, 80) + "…" : header) + "'");
        }
        String more = columns.size() > shown.size() ? " and " + (columns.size() - shown.size()) + " more" : "";
        return columns.size() + (columns.size() == 1 ? " column: " : " columns: ") + String.join(", ", shown) + more;
    }
}
