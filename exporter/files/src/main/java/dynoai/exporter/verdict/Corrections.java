package dynoai.exporter.verdict;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.kernel.Delta;
import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.table.FixedFormat;
import dynoai.exporter.table.GridCsv;
import dynoai.exporter.table.InvalidTableException;
import dynoai.exporter.table.VeTable;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.json.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The corrections of both cylinders, rounded as the files of the run have them. */
public record Corrections(CylinderFigures front, CylinderFigures rear) {
    private static final double HALF_A_HUNDREDTH = 0.005;
    private static final int DECIMALS = 2;

    public static Corrections of(AnalysisResult run) {
        return new Corrections(of(run, Cylinder.FRONT), of(run, Cylinder.REAR));
    }

    /** Reads the corrections of a run folder. Values before the clamp are known if the folder has its report. */
    public static Corrections read(Path folder, Manifest manifest) throws IOException {
        return read(folder, manifest, new RecordedFigures(folder));
    }

    static Corrections read(Path folder, Manifest manifest, RecordedFigures recorded) throws IOException {
        return new Corrections(
                read(folder, manifest, recorded, Cylinder.FRONT), read(folder, manifest, recorded, Cylinder.REAR));
    }

    public CylinderFigures of(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? front : rear;
    }

    /** Whether no cell, or less than half of the covered cells have enough samples. */
    public boolean isThin() {
        return covered() == 0 || 2 * weak() > covered();
    }

    /** Returns why the data are thin, as a part of a sentence; empty if they are not. */
    public String thinWords() {
        if (!isThin()) {
            return "";
        }
        return covered() == 0
                ? "thin data: no cell has a sample"
                : "thin data: " + weak() + " of " + covered()
                        + " covered cells"
                        + (front.ridden().covered() > 0 && rear.ridden().covered() > 0 ? ", front and rear," : "")
                        + " have fewer than 10 samples";
    }

    private int covered() {
        return front.ridden().covered() + rear.ridden().covered();
    }

    private int weak() {
        return front.weak() + rear.weak();
    }

    private static CylinderFigures of(AnalysisResult run, Cylinder cylinder) {
        Delta delta = run.kernels().of(cylinder).delta();
        RunGrids.CylinderGrids own = run.grids().of(cylinder);
        double[] before = Grid.empty();
        Set<Integer> cut = new TreeSet<>();
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (delta.isClamped(cell)) {
                cut.add(cell);
                before[cell] = rounded(delta.smoothed().at(cell), DECIMALS);
            }
        }
        return new CylinderFigures(
                delta.clamped().map(percent -> rounded(percent, DECIMALS)),
                Grid.of(before),
                ridden(own.accepted(), own.coverage(), own.mad(), cut));
    }

    private static CylinderFigures read(Path folder, Manifest manifest, RecordedFigures recorded, Cylinder cylinder)
            throws IOException {
        Grid delta = table(GridFile.of(GridFile.Kind.DELTA, cylinder).in(folder));
        double clamp = manifest.number("args", "clamp");
        Set<Integer> cut = new TreeSet<>();
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (Math.abs(delta.at(cell)) > clamp - HALF_A_HUNDREDTH) {
                cut.add(cell);
            }
        }
        Grid before = Grid.EMPTY;
        if (!cut.isEmpty() && recorded.hasCorrections(cylinder)) {
            before = recorded.beforeClamp(cylinder);
            cut.removeIf(before::isEmpty);
        }
        return new CylinderFigures(
                delta,
                before,
                ridden(accepted(manifest, cylinder), rows(manifest, cylinder), mad(manifest, cylinder), cut));
    }

    /** The coverage of a cylinder without AFR counts rows on which no correction rests. */
    private static Ridden ridden(long accepted, List<Long> rows, Grid mad, Set<Integer> cut) {
        return accepted == 0 ? Ridden.NOTHING : new Ridden(rows, mad, Set.copyOf(cut));
    }

    /** Returns the accepted rows of each cell on which the corrections of a run rest. */
    public static List<Long> acceptedRows(Manifest manifest, Cylinder cylinder) {
        return accepted(manifest, cylinder) == 0 ? Ridden.NOTHING.rows() : rows(manifest, cylinder);
    }

    private static long accepted(Manifest manifest, Cylinder cylinder) {
        return manifest.whole("stats", cylinder.key() + "_accepted");
    }

    private static List<Long> rows(Manifest manifest, Cylinder cylinder) {
        List<JsonTree> cells = cells(manifest, cylinder, "hits");
        return cells.stream().map(JsonTree::whole).toList();
    }

    private static Grid mad(Manifest manifest, Cylinder cylinder) {
        return Grid.of(cells(manifest, cylinder, "mad").stream()
                .mapToDouble(JsonTree::number)
                .toArray());
    }

    private static List<JsonTree> cells(Manifest manifest, Cylinder cylinder, String name) {
        JsonTree bins = new JsonTree(manifest.value("diagnostics", cylinder.key(), "per_bin_stats"));
        List<JsonTree> cells = new ArrayList<>();
        for (JsonTree row : bins.at(name).items()) {
            cells.addAll(row.items());
        }
        return cells.size() == GridAxes.CELLS ? cells : Collections.nCopies(GridAxes.CELLS, new JsonTree(null));
    }

    /** Returns a grid file; empty if it is missing or is not a grid. */
    static Grid table(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > VeTable.MAX_BYTES) {
            return Grid.EMPTY;
        }
        try {
            return GridCsv.read(file.toString(), Files.readAllBytes(file));
        } catch (InvalidTableException ignored) {
            return Grid.EMPTY; // The file was changed by hand.
        }
    }

    static double rounded(double value, int decimals) {
        return Double.isFinite(value) ? Double.parseDouble(FixedFormat.format(value, decimals, false)) : value;
    }
}
