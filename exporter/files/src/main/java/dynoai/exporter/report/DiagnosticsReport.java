package dynoai.exporter.report;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.diagnose.Anomaly;
import dynoai.exporter.diagnose.ChannelNames;
import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.diagnose.Gates;
import dynoai.exporter.kernel.Delta;
import dynoai.exporter.kernel.KernelProfile;
import dynoai.exporter.table.FixedFormat;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.grid.RunGrids.GateTally;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.option.Option;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code Diagnostics_Report.txt}: the quality of the run as plain text with LF line ends, without times, ids or paths. */
public final class DiagnosticsReport {
    private static final int LABEL_WIDTH = 40;
    private static final int CELL_WIDTH = 9;

    private final StringBuilder text = new StringBuilder(8192);
    private final AnalysisResult run;
    private final RunGrids grids;

    private DiagnosticsReport(AnalysisResult run) {
        this.run = run;
        grids = run.grids();
    }

    public static byte[] write(AnalysisResult run) {
        DiagnosticsReport report = new DiagnosticsReport(run);
        report.summary();
        report.howItWasRead();
        for (Cylinder cylinder : Cylinder.values()) {
            report.cylinder(cylinder);
        }
        report.anomalies();
        return report.text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void summary() {
        line("DynoAI diagnostics");
        line("==================");
        @Nullable String message = run.diagnostics().message();
        if (message != null) {
            line("");
            line("ATTENTION: " + message);
        }
        if (run.options().mathVersion().isReplay()) {
            line("");
            line("ATTENTION: " + Diagnostics.REPLAY_WARNING);
        }
        line("");
        field("Application", run.appVersion());
        field("Math version", run.options().mathVersion().label());
        field("Kernels", KernelProfile.VERSION);
        if (run.description().weightsByHits()) {
            line(Diagnostics.HITS_NOTE);
        }
        field("Rows read", grids.rowsRead());
        field(
                run.description().weightsByHits()
                        ? "Unreadable rows (no rpm or MAP)"
                        : "Unreadable rows (no rpm, MAP or torque)",
                grids.unreadable());
        field("Rows processed", grids.processed());
        field("Rows outside the grid", grids.rowsOutsideGrid());
        if (grids.rowsOutsideGrid() > 0) {
            line("  These rows lie below 1250 or above 6750 rpm, below 27.5 or above 102.5 kPa, and are "
                    + (run.options().flag(Option.INSIDE_GRID)
                            ? "left out (inside_grid)."
                            : "counted in the grid's edge cells."));
        }
    }

    private void howItWasRead() {
        heading("How the log was read");
        LogDescription description = run.description();
        field("Format", description.format().key());
        field("Encoding", description.encoding());
        field("Delimiter", description.delimiter());
        for (Channel channel : ChannelNames.listed(description)) {
            field(capital(ChannelNames.title(channel)), ChannelNames.sources(description, channel));
        }
        if (description.oneWidebandForBoth()) {
            line("  One wideband serves both cylinders: front and rear differ by nothing it measured.");
        }
        for (String conversion : description.conversions()) {
            line("  Conversion: " + conversion);
        }
        for (String column : ChannelNames.passedOver(description)) {
            line("  Passed over: " + column);
        }
        for (String note : description.notes()) {
            line("  Note: " + note);
        }
    }

    private void cylinder(Cylinder cylinder) {
        heading(cylinder.title() + " cylinder");
        RunGrids.CylinderGrids own = grids.of(cylinder);
        for (Gate gate : Gates.of(run.options())) {
            GateTally tally = own.gates().get(gate.ordinal());
            boolean ranged = gate != Gate.ACCEPTED && tally.rows() > 0 && !Double.isNaN(tally.lowest());
            field(
                    capital(Gates.title(gate)) + " (" + gate.key() + ")",
                    tally.rows()
                            + (ranged ? " (" + Gates.range(tally) + "; accepted: " + Gates.accepts(gate) + ")" : ""));
        }
        Delta delta = run.kernels().of(cylinder).delta();
        field("Cells covered", own.coveredCells() + " of " + GridAxes.CELLS);
        field("Largest correction", FixedFormat.format(delta.largestPercent(), 2, false) + " %");
        field(
                "Cells cut by the clamp",
                delta.clampedCells() + " (at "
                        + FixedFormat.format(run.options().number(Option.CLAMP), 2, false) + " %)");
        List<Integer> weak = run.diagnostics().weakCells(cylinder);
        field(
                "Weak cells",
                weak.isEmpty() ? "none" : weak.size() + " with fewer than " + Diagnostics.ENOUGH_SAMPLES + " samples:");
        for (int cell : weak) {
            line("  " + Anomaly.name(cell) + ": " + own.coverage().get(cell));
        }
        table(
                "Samples per cell",
                cell -> own.coverage().get(cell) == 0
                        ? ""
                        : String.valueOf(own.coverage().get(cell)));
        table("Median absolute deviation of the AFR error per cell, in percent", cells(own.mad(), 3));
        table("Highest knock retard per cell, in degrees", cells(own.peakKnock(), 1));
        table("Highest intake air temperature per cell, in °F", cells(own.peakIat(), 1));
    }

    private void anomalies() {
        heading("Anomalies");
        if (run.diagnostics().anomalies().isEmpty()) {
            line("None found.");
        }
        int number = 1;
        for (Anomaly anomaly : run.diagnostics().anomalies()) {
            line((number == 1 ? "" : "\n") + number + ". " + anomaly.type().key() + ", score "
                    + FixedFormat.format(anomaly.score(), 2, false) + ", " + anomaly.where());
            line("   " + anomaly.explanation());
            for (String check : anomaly.nextChecks()) {
                line("   - " + check);
            }
            number++;
        }
    }

    private interface CellText {
        String of(int cell);
    }

    private static CellText cells(Grid grid, int decimals) {
        return cell -> grid.isEmpty(cell) ? "" : FixedFormat.format(grid.at(cell), decimals, false);
    }

    /** Writes nothing if every cell is empty. */
    private void table(String title, CellText cells) {
        StringBuilder rows = new StringBuilder();
        boolean any = false;
        for (int row = 0; row < GridAxes.RPM_COUNT; row++) {
            StringBuilder line = new StringBuilder(right(String.valueOf(GridAxes.rpm(row))));
            for (int column = 0; column < GridAxes.KPA_COUNT; column++) {
                String cell = cells.of(row * GridAxes.KPA_COUNT + column);
                any |= !cell.isEmpty();
                line.append(right(cell.isEmpty() ? "." : cell));
            }
            rows.append(line).append('\n');
        }
        if (!any) {
            return;
        }
        line("");
        line(title);
        StringBuilder header = new StringBuilder(right("rpm\\kPa"));
        for (int column = 0; column < GridAxes.KPA_COUNT; column++) {
            header.append(right(String.valueOf(GridAxes.kpa(column))));
        }
        line(header.toString());
        text.append(rows);
    }

    private void heading(String title) {
        char[] underline = new char[title.length()];
        Arrays.fill(underline, '-');
        line("");
        line(title);
        line(new String(underline));
    }

    private void field(String label, Object value) {
        text.append(label).append(':');
        for (int width = label.length() + 1; width < LABEL_WIDTH; width++) {
            text.append(' ');
        }
        text.append(' ');
        line(value.toString());
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String right(String cell) {
        return " ".repeat(Math.max(1, CELL_WIDTH - cell.length())) + cell;
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
