package dynoai.engine;

import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.kernel.KernelChain;
import dynoai.exporter.kernel.KernelResult;
import dynoai.exporter.table.InvalidTableException;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogFormat;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The findings of an analysis that writes no files.
 *
 * @param description how the log is read
 * @param grids the sums of its rows
 * @param diagnostics the quality of the result
 * @param missing missing channels with their consequence
 * @param warnings what to check before processing the log
 */
public record Preflight(
        Path log,
        LogDescription description,
        RunGrids grids,
        Diagnostics diagnostics,
        List<String> missing,
        List<String> warnings) {

    /** Reads the whole log and checks the base tables that the options name. */
    public static Preflight of(Path log, AnalysisOptions options)
            throws LogRejectedException, InvalidTableException, IOException {
        InputTables.baseTables(options);
        FoldedLog folded = FoldedLog.ofFile(log, options);
        KernelResult kernels = new KernelChain(options).run(folded.grids());
        Diagnostics diagnostics = Diagnostics.of(folded.description(), options, folded.grids(), kernels);
        return new Preflight(
                log,
                folded.description(),
                folded.grids(),
                diagnostics,
                missing(folded.description()),
                warnings(folded, options, diagnostics));
    }

    private static List<String> missing(LogDescription description) {
        List<String> missing = new ArrayList<>();
        for (Cylinder cylinder : Cylinder.values()) {
            if (!description.hasAfr(cylinder)) {
                missing.add("commanded or measured AFR, " + cylinder.key()
                        + ": no correction for this cylinder, only coverage and spark");
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
            if (description.sources().stream().noneMatch(source -> source.channel() == channel)) {
                missing.add(meaning(channel));
            }
        }
        return List.copyOf(missing);
    }

    private static String meaning(Channel channel) {
        switch (channel) {
            case TIME_SECONDS:
                return "time: the timeline counts 0.02 s for each row";
            case IAT_FAHRENHEIT:
                return "intake air temperature: no row is left out for it, and spark knows no hot cells";
            case THROTTLE_PERCENT:
                return "throttle: no row is left out for it, and closing throttle cannot be found";
            case KNOCK_RETARD_FRONT_DEG:
                return "knock retard, front: no spark suggestion from knock";
            case KNOCK_RETARD_REAR_DEG:
                return "knock retard, rear: no spark suggestion from knock";
            default:
                return "battery voltage: its influence on the correction cannot be looked for";
        }
    }

    private static List<String> warnings(FoldedLog folded, AnalysisOptions options, Diagnostics diagnostics) {
        List<String> warnings = new ArrayList<>();
        RunGrids grids = folded.grids();
        if (options.mathVersion().isReplay()) {
            warnings.add("math version toolkit-1.2 has the sign inverted for fuelling");
        }
        if (folded.description().format() == LogFormat.UNKNOWN) {
            warnings.add("the log's format is not known; it is read by the rules for WinPEP");
        }
        if (folded.description().oneWidebandForBoth()) {
            warnings.add("one wideband serves both cylinders: front and rear cannot be distinguished");
        }
        warnings.addAll(folded.description().notes());
        if (diagnostics.message() != null) {
            warnings.add(diagnostics.message());
        }
        if (grids.unreadable() > 0) {
            warnings.add(grids.unreadable() + " of " + grids.rowsRead() + " rows have no engine speed, MAP or torque");
        }
        if (grids.rowsOutsideGrid() > 0) {
            warnings.add(grids.rowsOutsideGrid() + " rows lie beyond the grid and count in its edge cells");
        }
        return List.copyOf(warnings);
    }
}
