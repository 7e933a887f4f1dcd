package dynoai.ingest.log;

import dynoai.ingest.log.block.AfrDelay;
import dynoai.ingest.log.block.BlockSink;
import dynoai.ingest.log.column.ColumnChoice;
import dynoai.ingest.log.column.ColumnChooser;
import dynoai.ingest.log.column.MissingColumns;
import dynoai.ingest.log.column.NamesAndUnits;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a dyno log: {@link #plan} decides how, {@link #read} reads the rows. Memory does not grow with the log, and the result
 * does not depend on the number of threads.
 */
public final class LogReader {
    private LogReader() {}

    /**
     * Decides how a log is read, from its header and as many rows as necessary.
     *
     * @throws LogRejectedException if the log cannot be analysed
     */
    public static LogPlan plan(LogSource source, AnalysisOptions options) throws LogRejectedException, IOException {
        return plan(source, options, Chunks.DEFAULT_BYTES);
    }

    static LogPlan plan(LogSource source, AnalysisOptions options, int chunkBytes)
            throws LogRejectedException, IOException {
        LogPlan plan = examine(source, options, chunkBytes);
        if (plan.rejection().isPresent()) {
            throw new LogRejectedException(plan.rejection().get());
        }
        return plan;
    }

    /**
     * As {@link #plan}, but a log whose header was found has a plan even if it cannot be analysed.
     *
     * @throws LogRejectedException if the log has no header that can be read
     */
    public static LogPlan examine(LogSource source, AnalysisOptions options) throws LogRejectedException, IOException {
        return examine(source, options, Chunks.DEFAULT_BYTES);
    }

    private static LogPlan examine(LogSource source, AnalysisOptions options, int chunkBytes)
            throws LogRejectedException, IOException {
        LogHead head = LogHead.read(source, options.mathVersion().isReplay() ? null : new NamesAndUnits(), chunkBytes);
        ColumnChoice candidates = ColumnChooser.choose(
                source.name(), head.headerLine(), head.columns(), head.below(), head.belowIsUnits(), options);
        UnitRules units = UnitRules.of(candidates, head, options);
        LogSurvey survey = LogSurvey.of(source, head, candidates, units, options, chunkBytes);
        ColumnChoice choice = candidates.withMeasured(survey::hasValidAfr);
        LogSurvey.Decisions decisions = survey.decisions();
        boolean fillsTargets = options.fillsAfrTargets();
        double afrDelaySeconds = UnitRules.seconds(options.number(Option.AFR_DELAY));
        LogDescription description = LogDescriber.of(head, candidates, choice, units, decisions, fillsTargets);
        Rejection rejection = rejection(source.name(), survey, choice, description, options);
        return new LogPlan(head, choice, units, decisions, fillsTargets, afrDelaySeconds, description, rejection);
    }

    private static @Nullable Rejection rejection(
            String name, LogSurvey survey, ColumnChoice choice, LogDescription description, AnalysisOptions options) {
        if (!survey.hasRows()) {
            return Rejection.of(
                    FailureCode.EMPTY_LOG,
                    name,
                    0,
                    "",
                    "there is a header line but no data row",
                    "one line per row after the header",
                    "export the log again; a recording that was stopped at once leaves only the header");
        }
        boolean replays = options.mathVersion().isReplay();
        boolean hasLoad = choice.has(Channel.TORQUE_FTLB) || choice.has(Channel.POWER_HP);
        if (!choice.has(Channel.RPM) || !choice.has(Channel.MAP_KPA) || replays && !hasLoad) {
            return new MissingColumns(name, choice, description, replays).rejection();
        }
        return survey.implausibleMap();
    }

    /** Reads all rows of a log and returns the values of each source that is a column, in the order of the description. */
    public static List<SourceValues> values(LogSource source, LogPlan plan) throws LogRejectedException, IOException {
        List<SourceValues.Survey> surveys = plan.sourceSurveys();
        RawBlock block = new RawBlock(plan.slots().count(), false);
        plan.parser().parse(source, plan.head(), Chunks.DEFAULT_BYTES, block, parsed -> {
            surveys.forEach(survey -> survey.observe(parsed));
            return true;
        });
        return surveys.stream().map(SourceValues.Survey::values).toList();
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
}
