package dynoai.engine;

import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.kernel.KernelChain;
import dynoai.exporter.kernel.KernelResult;
import dynoai.exporter.table.InvalidTableException;
import dynoai.ingest.log.LogPlan;
import dynoai.ingest.log.LogReader;
import dynoai.ingest.log.SourceValues;
import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The findings about a log without writing files: its columns and their values, and what an analysis would make of them. They are
 * there for a rejected log too, as far as it was read.
 *
 * @param description how the log is read; null if no header was found
 * @param values the values of each source that is a column, in the order of the description; empty if the log cannot be read to
 *     its end
 * @param hasByteOrderMark whether the file begins with a byte order mark
 * @param rejection why the log cannot be analysed; null if it can
 * @param outcome what an analysis would find; null for a rejected log
 * @param missing missing channels with their consequence; empty for a rejected log
 * @param warnings what to check before processing the log
 */
public record Preflight(
        Path log,
        @Nullable LogDescription description,
        List<SourceValues> values,
        boolean hasByteOrderMark,
        @Nullable Rejection rejection,
        @Nullable Outcome outcome,
        List<String> missing,
        List<String> warnings) {
    private static final int FEW_ROWS = 10;

    /**
     * @param grids the sums of the log's rows
     * @param diagnostics the quality of the result
     */
    public record Outcome(RunGrids grids, Diagnostics diagnostics) {}

    /** What an analysis would give. */
    public enum Verdict {
        /** Corrections of at least one cylinder. */
        MAP,
        /** No accepted row, and so no correction. */
        EMPTY,
        /** The log is rejected as a whole. */
        REFUSED
    }

    public Verdict verdict() {
        if (outcome == null) {
            return Verdict.REFUSED;
        }
        RunGrids grids = outcome.grids();
        return grids.front().accepted() + grids.rear().accepted() > 0 ? Verdict.MAP : Verdict.EMPTY;
    }

    /** Reads the whole log and checks the base tables that the options name. */
    public static Preflight of(Path log, AnalysisOptions options) throws InvalidTableException, IOException {
        InputTables.baseTables(options);
        LogFile file = LogFile.of(log);
        LogSource source = LogSource.of(log);
        LogPlan plan;
        try {
            plan = LogReader.examine(source, options);
        } catch (LogRejectedException e) {
            return new Preflight(log, null, List.of(), false, e.rejection(), null, List.of(), List.of());
        }
        List<SourceValues> values = List.of();
        try {
            values = LogReader.values(source, plan);
            if (plan.rejection().isPresent()) {
                return rejected(log, plan, values, plan.rejection().get());
            }
            FoldedLog folded = FoldedLog.of(source, plan, options, 2, null);
            file.checkUnchanged(folded.totals().bytes());
            return analyzed(log, plan, values, folded, options);
        } catch (LogRejectedException e) {
            return rejected(log, plan, values, e.rejection());
        }
    }

    private static Preflight rejected(Path log, LogPlan plan, List<SourceValues> values, Rejection rejection) {
        return new Preflight(
                log, plan.description(), values, plan.hasByteOrderMark(), rejection, null, List.of(), List.of());
    }

    private static Preflight analyzed(
            Path log, LogPlan plan, List<SourceValues> values, FoldedLog folded, AnalysisOptions options) {
        KernelResult kernels = new KernelChain(options).run(folded.grids());
        Diagnostics diagnostics = Diagnostics.of(folded.description(), options, folded.grids(), kernels);
        return new Preflight(
                log,
                plan.description(),
                values,
                plan.hasByteOrderMark(),
                null,
                new Outcome(folded.grids(), diagnostics),
                missing(folded.description()),
                warnings(folded, options, diagnostics));
    }

    private static List<String> missing(LogDescription description) {
        List<String> missing = new ArrayList<>();
        for (Cylinder cylinder : Cylinder.values()) {
            if (!description.hasAfr(cylinder)) {
                boolean commanded = has(description, Channel.commandedAfr(cylinder));
                boolean measured = has(description, Channel.measuredAfr(cylinder));
                missing.add((commanded ? "measured" : measured ? "commanded" : "commanded and measured") + " AFR, "
                        + cylinder.key() + ": no correction for this cylinder, only coverage and spark"
                        + (measured ? "; --afr-targets map fills in targets by manifold pressure" : ""));
            }
        }
        for (Channel channel : new Channel[] {
            Channel.TIME_SECONDS,
            Channel.IAT_FAHRENHEIT,
            Channel.THROTTLE_PERCENT,
            Channel.KNOCK_RETARD_FRONT_DEG,
            Channel.KNOCK_RETARD_REAR_DEG,
            Channel.BATTERY_VOLTS
        }) {
            if (!has(description, channel)) {
                missing.add(meaning(channel));
            }
        }
        return List.copyOf(missing);
    }

    private static boolean has(LogDescription description, Channel channel) {
        return description.sources().stream().anyMatch(source -> source.channel() == channel);
    }

    private static String meaning(Channel channel) {
        switch (channel) {
            case TIME_SECONDS:
                return "time: the timeline counts 0.02 s for each row";
            case IAT_FAHRENHEIT:
                return "intake air temperature: no row is left out for it, and the spark map has no hot cells";
            case THROTTLE_PERCENT:
                return "throttle: no row is left out for it, and closing throttle cannot be found";
            case KNOCK_RETARD_FRONT_DEG:
                return "knock retard, front: no spark suggestion from knock";
            case KNOCK_RETARD_REAR_DEG:
                return "knock retard, rear: no spark suggestion from knock";
            default:
                return "battery voltage: its influence on the correction cannot be examined";
        }
    }

    private static List<String> warnings(FoldedLog folded, AnalysisOptions options, Diagnostics diagnostics) {
        List<String> warnings = new ArrayList<>();
        RunGrids grids = folded.grids();
        if (options.mathVersion().isReplay()) {
            warnings.add("math version toolkit-1.2 has the sign inverted for fuelling");
        }
        warnings.addAll(folded.description().notes());
        if (diagnostics.message() != null) {
            warnings.add(diagnostics.message());
        }
        if (grids.rowsRead() < FEW_ROWS) {
            warnings.add("the log has fewer than " + FEW_ROWS + " rows (" + grids.rowsRead() + "): a map needs more");
        }
        if (grids.unreadable() > 0) {
            warnings.add(grids.unreadable() + " of " + grids.rowsRead() + " rows have no engine speed"
                    + (folded.description().weightsByHits() ? " or MAP" : ", MAP or torque"));
        }
        if (grids.rowsOutsideGrid() > 0) {
            warnings.add(
                    grids.rowsOutsideGrid() == 1
                            ? "1 row lies beyond the grid and counts in an edge cell"
                            : grids.rowsOutsideGrid() + " rows lie beyond the grid and count in its edge cells");
        }
        return List.copyOf(warnings);
    }
}
