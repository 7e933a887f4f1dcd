package dynoai.dashboard.runs;

import dynoai.engine.stored.Comparison;
import dynoai.engine.stored.Difference;
import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.table.FixedFormat;
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
        return new Fields()
                .put("equal", comparison.isEqual())
                .put("differences_total", comparison.differences().size())
                .put("differences", differences)
                .put("axes", RunFolderView.axes())
                .put("delta_change", change(left, right))
                .map();
    }

    /** Returns right minus left from the written cells, with two decimals; empty if either cell is. */
    private static List<List<String>> change(Path left, Path right) throws IOException {
        Optional<GridTable> before = GridTable.read(GridFile.DELTA.in(left));
        Optional<GridTable> after = GridTable.read(GridFile.DELTA.in(right));
        return before.isEmpty() || after.isEmpty()
                ? List.of()
                : GridTable.rows(
                        cell -> change(before.get().at(cell), after.get().at(cell)));
    }

    private static String change(double before, double after) {
        return Double.isNaN(after - before) ? "" : FixedFormat.format(after - before, 2, true);
    }
}
