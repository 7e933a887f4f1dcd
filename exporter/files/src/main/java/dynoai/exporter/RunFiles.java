package dynoai.exporter;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.analysis.CylinderBalancing;
import dynoai.exporter.analysis.DecelOverlay;
import dynoai.exporter.diagnose.AnomalyHypotheses;
import dynoai.exporter.kernel.KernelResult;
import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.report.DiagnosticsReport;
import dynoai.exporter.report.RunPage;
import dynoai.exporter.table.TimelineCsv;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.option.Option;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Renders the files of a run, except its manifests and the log. */
final class RunFiles {
    private final AnalysisResult analysis;
    private final KernelResult kernels;
    private final List<RunFile> files = new ArrayList<>();

    private RunFiles(AnalysisResult analysis) {
        this.analysis = analysis;
        kernels = analysis.kernels();
    }

    /** Returns the files in the manifest's order. */
    static List<RunFile> of(AnalysisResult analysis) {
        RunFiles run = new RunFiles(analysis);
        run.grids();
        run.baseTables();
        run.reports();
        run.balance();
        run.decel();
        return run.files;
    }

    private void grids() {
        List<RunFile> pastes = new ArrayList<>();
        for (GridFile file : GridFile.values()) {
            @Nullable Grid grid = file.values(analysis.grids(), kernels);
            if (grid != null) {
                files.add(RunFile.grid(file, grid));
                if (file.pasteFile() != null) {
                    pastes.add(RunFile.paste(file, grid));
                }
            }
        }
        files.addAll(pastes);
    }

    private void baseTables() {
        for (Cylinder cylinder : Cylinder.values()) {
            @Nullable Grid base = analysis.baseTables().of(cylinder);
            if (base != null) {
                Grid updated = updated(base, cylinder);
                GridFile file = GridFile.of(GridFile.Kind.VE_TABLE, cylinder);
                files.add(RunFile.grid(file, updated));
                files.add(RunFile.paste(file, updated));
            }
        }
    }

    /** Returns base times correction, clamped but not rounded. Where either is empty, the base stays. */
    private Grid updated(Grid base, Cylinder cylinder) {
        Grid delta = (analysis.options().flag(Option.PER_CYLINDER)
                        ? kernels.of(cylinder).delta()
                        : kernels.combined())
                .clamped();
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
                RunFolderLayout.TIMELINE,
                analysis.grids().timeline().size(),
                TimelineCsv.columns(),
                TimelineCsv.write(analysis.grids().timeline())));
        files.add(RunFile.document(RunFolderLayout.DIAGNOSTICS_REPORT, DiagnosticsReport.write(analysis)));
        files.add(RunFile.document(
                RunFolderLayout.ANOMALIES,
                AnomalyHypotheses.write(analysis.options(), analysis.diagnostics(), analysis.grids(), kernels)));
        files.add(RunFile.document(RunFolderLayout.REPORT, RunPage.render(analysis)));
    }

    private void balance() {
        @Nullable
        CylinderBalancing balancing = CylinderBalancing.of(analysis.grids().balance(), analysis.options());
        if (balancing != null) {
            for (Cylinder cylinder : Cylinder.values()) {
                files.add(RunFile.grid(GridFile.of(GridFile.Kind.BALANCE, cylinder), balancing.factors(cylinder)));
            }
            files.add(RunFile.document(RunFolderLayout.BALANCE_REPORT, balancing.report()));
        }
    }

    private void decel() {
        @Nullable DecelOverlay overlay = DecelOverlay.of(analysis.grids().decel(), analysis.options());
        if (overlay != null) {
            files.add(RunFile.grid(GridFile.DECEL, overlay.overlay()));
            files.add(RunFile.document(RunFolderLayout.DECEL_REPORT, overlay.report()));
        }
    }
}
