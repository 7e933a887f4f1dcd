package dynoai.exporter;

import dynoai.exporter.analysis.CylinderBalancing;
import dynoai.exporter.analysis.DecelOverlay;
import dynoai.exporter.diagnose.AnomalyHypotheses;
import dynoai.exporter.diagnose.DiagnosticsReport;
import dynoai.exporter.kernel.KernelResult;
import dynoai.exporter.report.ReportedRun;
import dynoai.exporter.report.RunPage;
import dynoai.exporter.table.GridCsv;
import dynoai.exporter.table.PasteReady;
import dynoai.exporter.table.TimelineCsv;
import dynoai.exporter.table.VeTable;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.option.Option;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every file of a run but its manifests and the log itself, rendered from the run's facts. */
final class RunFiles {
    private static final int CORRECTION_DECIMALS = 2;
    private static final int MAP_DECIMALS = 1;
    private static final int VE_DECIMALS = 4;

    private final AnalysisResult facts;
    private final KernelResult kernels;
    private final List<RunFile> files = new ArrayList<>();

    private RunFiles(AnalysisResult facts) {
        this.facts = facts;
        kernels = facts.kernels();
    }

    static List<RunFile> of(AnalysisResult facts) {
        RunFiles run = new RunFiles(facts);
        run.corrections();
        run.maps();
        run.pasteReady();
        run.baseTables();
        run.reports();
        run.balance();
        run.decel();
        return run.files;
    }

    private void corrections() {
        signed(
                "VE_Correction_Delta_DYNO.csv",
                "ve_delta_grid",
                kernels.combined().clamped());
        for (Cylinder cylinder : Cylinder.values()) {
            signed(
                    "VE_Correction_Delta_" + cylinder.title() + ".csv",
                    "ve_delta_grid",
                    kernels.delta(cylinder).clamped());
        }
        for (Cylinder cylinder : Cylinder.values()) {
            signed(
                    "Spark_Adjust_Suggestion_" + cylinder.title() + ".csv",
                    "spark_suggestion_grid",
                    kernels.spark(cylinder));
        }
        for (Cylinder cylinder : Cylinder.values()) {
            signed("AFR_Error_Map_" + cylinder.title() + ".csv", "afr_error_grid", kernels.err(cylinder));
        }
    }

    private void maps() {
        for (Cylinder cylinder : Cylinder.values()) {
            byte[] counts = GridCsv.counts(facts.grids().of(cylinder).coverage());
            files.add(RunFile.grid("Coverage_" + cylinder.title() + ".csv", "coverage_grid", counts));
        }
        for (Cylinder cylinder : Cylinder.values()) {
            map(
                    "Torque_Map_" + cylinder.title(),
                    "torque_grid",
                    facts.grids().of(cylinder).torque());
        }
        map("Torque_Map_Combined", "torque_grid", kernels.torqueCombined());
        for (Cylinder cylinder : Cylinder.values()) {
            map(
                    "HP_Map_" + cylinder.title(),
                    "hp_grid",
                    facts.grids().of(cylinder).hp());
        }
        map("HP_Map_Combined", "hp_grid", kernels.hpCombined());
    }

    private void pasteReady() {
        paste("VE_Delta_PasteReady.txt", "ve_delta_paste", kernels.combined().clamped());
        for (Cylinder cylinder : Cylinder.values()) {
            paste(
                    "VE_Delta_" + cylinder.title() + "_PasteReady.txt",
                    "ve_delta_paste",
                    kernels.delta(cylinder).clamped());
        }
        for (Cylinder cylinder : Cylinder.values()) {
            paste("Spark_" + cylinder.title() + "_PasteReady.txt", "spark_paste", kernels.spark(cylinder));
        }
    }

    private void baseTables() {
        for (Cylinder cylinder : Cylinder.values()) {
            @Nullable Grid base = facts.baseTables().of(cylinder);
            if (base != null) {
                Grid updated = updated(base, cylinder);
                files.add(RunFile.grid(
                        "VE_" + cylinder.title() + "_Updated.csv",
                        "ve_table",
                        VeTable.of(updated).write()));
                files.add(RunFile.grid(
                        "VE_" + cylinder.title() + "_Absolute_PasteReady.txt",
                        "ve_table_paste",
                        PasteReady.write(updated, VE_DECIMALS, false)));
            }
        }
    }

    /** The base times the clamped, unrounded correction; an empty correction leaves the base, an empty base stays. */
    private Grid updated(Grid base, Cylinder cylinder) {
        Grid delta =
                (facts.options().flag(Option.PER_CYLINDER) ? kernels.delta(cylinder) : kernels.combined()).clamped();
        double[] cells = base.toArray();
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (!delta.isEmpty(cell)) {
                cells[cell] = cells[cell] * (1 + delta.at(cell) / 100);
            }
        }
        return Grid.of(cells);
    }

    private void reports() {
        files.add(RunFile.table(
                "Timeline.csv",
                "timeline",
                facts.grids().timeline().size(),
                TimelineCsv.columns(),
                TimelineCsv.write(facts.grids().timeline())));
        files.add(RunFile.document(
                "Diagnostics_Report.txt",
                "diagnostics_report",
                DiagnosticsReport.write(
                        facts.description(),
                        facts.options(),
                        facts.grids(),
                        kernels,
                        facts.diagnostics(),
                        facts.appVersion())));
        files.add(RunFile.document(
                "Anomaly_Hypotheses.json",
                "anomaly_hypotheses",
                AnomalyHypotheses.write(facts.diagnostics(), facts.grids(), kernels)));
        files.add(RunFile.document("report.html", "run_report", RunPage.render(reported())));
    }

    private ReportedRun reported() {
        return new ReportedRun(
                facts.input().sha256(),
                facts.input().sizeBytes(),
                facts.baseTables().sha256(Cylinder.FRONT),
                facts.baseTables().sha256(Cylinder.REAR),
                facts.options(),
                facts.description(),
                facts.grids(),
                kernels,
                facts.diagnostics(),
                facts.appVersion());
    }

    /** Only when asked for. */
    private void balance() {
        CylinderBalancing balancing = CylinderBalancing.of(facts.grids().balance(), facts.options());
        if (balancing != null) {
            for (Cylinder cylinder : Cylinder.values()) {
                signed(cylinder.title() + "_Balance_Factor.csv", "balance_factor_grid", balancing.factors(cylinder));
            }
            files.add(RunFile.document("Cylinder_Balance_Report.json", "balance_report", balancing.report()));
        }
    }

    /** Only when asked for. */
    private void decel() {
        DecelOverlay overlay = DecelOverlay.of(facts.grids().decel(), facts.options());
        if (overlay != null) {
            signed("Decel_Fuel_Overlay.csv", "decel_overlay_grid", overlay.overlay());
            files.add(RunFile.document("Decel_Analysis_Report.json", "decel_report", overlay.report()));
        }
    }

    private void signed(String name, String schema, Grid grid) {
        files.add(RunFile.grid(name, schema, GridCsv.write(grid, CORRECTION_DECIMALS, true)));
    }

    private void map(String name, String schema, Grid grid) {
        files.add(RunFile.grid(name + ".csv", schema, GridCsv.write(grid, MAP_DECIMALS, false)));
    }

    private void paste(String name, String schema, Grid grid) {
        files.add(RunFile.grid(name, schema, PasteReady.write(grid, CORRECTION_DECIMALS, true)));
    }
}
