package dynoai.exporter;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.analysis.CylinderBalancing;
import dynoai.exporter.analysis.DecelOverlay;
import dynoai.exporter.application.ApplyMetadata;
import dynoai.exporter.application.MetadataWriter;
import dynoai.exporter.application.Residuals;
import dynoai.exporter.diagnose.AnomalyHypotheses;
import dynoai.exporter.kernel.Delta;
import dynoai.exporter.kernel.KernelResult;
import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.report.DiagnosticsReport;
import dynoai.exporter.report.RunPage;
import dynoai.exporter.table.InvalidTableException;
import dynoai.exporter.table.TimelineCsv;
import dynoai.exporter.table.VeTable;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.option.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
                RunFile table = RunFile.grid(file, updated);
                files.add(table);
                files.add(RunFile.paste(file, updated));
                files.add(RunFile.document(
                        cylinder == Cylinder.FRONT
                                ? RunFolderLayout.VE_FRONT_METADATA
                                : RunFolderLayout.VE_REAR_METADATA,
                        metadata(cylinder, VeTable.of(base), table)));
            }
        }
    }

    /** Returns base times correction, clamped but not rounded. Where either is empty, the base stays. */
    private Grid updated(Grid base, Cylinder cylinder) {
        Grid delta = delta(cylinder).clamped();
        double[] cells = base.toArray();
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (!delta.isEmpty(cell)) {
                cells[cell] = cells[cell] * (1 + delta.at(cell) / 100);
            }
        }
        return Grid.of(cells);
    }

    private Delta delta(Cylinder cylinder) {
        return analysis.options().flag(Option.PER_CYLINDER)
                ? kernels.of(cylinder).delta()
                : kernels.combined();
    }

    /** Returns the metadata for a rollback by the rounded delta of the run folder; the residuals make up for its rounding. */
    private byte[] metadata(Cylinder cylinder, VeTable base, RunFile table) {
        GridFile factor =
                GridFile.of(GridFile.Kind.DELTA, analysis.options().flag(Option.PER_CYLINDER) ? cylinder : null);
        RunFile factors = files.stream()
                .filter(file -> file.listed().file().equals(factor.file()))
                .findFirst()
                .orElseThrow();
        double clamp = analysis.options().number(Option.CLAMP);
        VeTable percent = asRead(factors);
        double[] multipliers = new double[base.size()];
        for (int cell = 0; cell < multipliers.length; cell++) {
            multipliers[cell] = Residuals.multiplier(Residuals.clamped(percent.at(cell), clamp));
        }
        return MetadataWriter.write(List.of(new ApplyMetadata(
                Objects.requireNonNull(analysis.baseTables().sha256OfUsed(cylinder)),
                factors.listed().sha256(),
                table.listed().sha256(),
                null,
                null,
                clamp,
                analysis.appVersion(),
                analysis.options().mathVersion().label(),
                null,
                null,
                factor.file(),
                table.listed().file(),
                ApplyMetadata.COMMENT,
                null,
                null,
                null,
                0,
                List.of(),
                Residuals.roundedCells(base),
                Residuals.of(base, asRead(table), multipliers))));
    }

    private static VeTable asRead(RunFile file) {
        try {
            return VeTable.read(file.listed().file(), file.bytes());
        } catch (InvalidTableException bug) {
            throw new IllegalStateException(bug);
        }
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
