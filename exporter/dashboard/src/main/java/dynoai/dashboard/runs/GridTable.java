package dynoai.dashboard.runs;

import dynoai.schemas.grid.GridAxes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The cells of a grid file as they are written, without the guarding apostrophe: what a page shows is what the file says. */
final class GridTable {
    private static final int LARGEST_BYTES = 1 << 16;
    private static final double HALF_A_HUNDREDTH = 0.005;

    private final List<List<String>> rows;

    private GridTable(List<List<String>> rows) {
        this.rows = rows;
    }

    /** Empty when there is no such file, or it is no grid. */
    static Optional<GridTable> read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_BYTES) {
            return Optional.empty();
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> lines =
                Files.readString(file, StandardCharsets.UTF_8).lines().toList();
        for (int row = 1; row < lines.size(); row++) {
            String[] cells = lines.get(row).split(",", -1);
            if (cells.length != GridAxes.KPA_COUNT + 1) {
                return Optional.empty();
            }
            List<String> values = new ArrayList<>();
            for (int column = 1; column < cells.length; column++) {
                values.add(cells[column].startsWith("'") ? cells[column].substring(1) : cells[column]);
            }
            rows.add(values);
        }
        return rows.size() == GridAxes.RPM_COUNT ? Optional.of(new GridTable(rows)) : Optional.empty();
    }

    /** Row by row, engine speed upwards; an empty text where the cell is empty. */
    List<List<String>> rows() {
        return rows;
    }

    /** NaN where the cell is empty. */
    double at(int cell) {
        String text = rows.get(cell / GridAxes.KPA_COUNT).get(cell % GridAxes.KPA_COUNT);
        try {
            return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException foreign) {
            return Double.NaN;
        }
    }

    /** The cell of the largest magnitude, with its sign; NaN when all are empty. */
    double largest() {
        double largest = Double.NaN;
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            double value = at(cell);
            if (!Double.isNaN(value) && !(Math.abs(value) <= Math.abs(largest))) {
                largest = value;
            }
        }
        return largest;
    }

    /** Cells that are not empty. */
    int filled() {
        return (int) IntStream.range(0, GridAxes.CELLS)
                .filter(cell -> !Double.isNaN(at(cell)))
                .count();
    }

    /** Cells whose written value is the clamp, on either side. */
    List<Integer> atClamp(double clamp) {
        return IntStream.range(0, GridAxes.CELLS)
                .filter(cell -> Math.abs(at(cell)) > clamp - HALF_A_HUNDREDTH)
                .boxed()
                .toList();
    }

    long whole(int cell) {
        double value = at(cell);
        return Double.isNaN(value) ? 0 : (long) value;
    }
}
