package dynoai.dashboard.runs;

import dynoai.catalogue.shelf.GridTable;
import dynoai.engine.stored.Comparison;
import dynoai.engine.stored.Difference;
import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.table.FixedFormat;
import dynoai.schemas.grid.Cylinder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The differences of two runs, and the change of the delta cell by cell. */
public final class RunComparison {
    private static final int MAX_DIFFERENCES = 500;

    private RunComparison() {}

    public static Map<String, @Nullable Object> of(Path left, Path right)
            throws IOException, InvalidRunFolderException {
        Manifest before = ManifestReader.read(left);
        Manifest after = ManifestReader.read(right);
        Comparison comparison = Comparison.of(left, right);
        List<Object> differences = new ArrayList<>();
        for (Difference difference : comparison.differences()) {
            if (differences.size() < MAX_DIFFERENCES) {
                differences.add(new Fields()
                        .put("where", difference.where())
                        .put("left", difference.left())
                        .put("right", difference.right())
                        .map());
            }
        }
        double span = Math.max(before.number("args", "clamp"), after.number("args", "clamp"));
        return new Fields()
                .put("equal", comparison.isEqual())
                .put("differences_total", comparison.differences().size())
                .put("differences", differences)
                .put("axes", RunFolderView.axes())
                .put("delta_change", change(GridFile.DELTA, left, right))
                .put("before", run(before))
                .put("after", run(after))
                .put("words", comparison.isEqual() ? List.of() : comparison.words())
                .put("cylinders", cylinders(left, right, span))
                .map();
    }

    private static Map<String, @Nullable Object> run(Manifest manifest) {
        return new Fields()
                .put("run_id", manifest.runId())
                .put("file", manifest.text("input", "path"))
                .put("created_at", manifest.text("created_at"))
                .map();
    }

    /** Returns the correction tables of each cylinder that both runs have, and how they change. */
    private static List<Object> cylinders(Path left, Path right, double span) throws IOException {
        List<Object> cylinders = new ArrayList<>();
        for (Cylinder cylinder : Cylinder.values()) {
            GridFile grid = GridFile.of(GridFile.Kind.DELTA, cylinder);
            Optional<GridTable> before = GridTable.read(grid.in(left));
            Optional<GridTable> after = GridTable.read(grid.in(right));
            if (before.isPresent() && after.isPresent()) {
                cylinders.add(new Fields()
                        .put("cylinder", cylinder.key())
                        .put("span", span)
                        .put("before", before.get().rows())
                        .put("after", after.get().rows())
                        .put("change", change(before.get(), after.get()))
                        .put(
                                "words",
                                Comparison.changeInWords(
                                        before.get().grid(), after.get().grid()))
                        .map());
            }
        }
        return cylinders;
    }

    private static List<List<String>> change(GridFile grid, Path left, Path right) throws IOException {
        Optional<GridTable> before = GridTable.read(grid.in(left));
        Optional<GridTable> after = GridTable.read(grid.in(right));
        return before.isEmpty() || after.isEmpty() ? List.of() : change(before.get(), after.get());
    }

    /** Returns after minus before from the written cells, with two decimals; empty if either cell is. */
    private static List<List<String>> change(GridTable before, GridTable after) {
        return GridTable.rows(cell -> change(before.at(cell), after.at(cell)));
    }

    private static String change(double before, double after) {
        return Double.isNaN(after - before) ? "" : FixedFormat.format(after - before, 2, true);
    }
}
