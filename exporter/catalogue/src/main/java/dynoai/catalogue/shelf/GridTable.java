package dynoai.catalogue.shelf;

import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The cells of a grid file as texts, without the apostrophe that guards them in spreadsheets. */
public final class GridTable {
    private static final int MAX_BYTES = 1 << 16;
    private static final double HALF_A_HUNDREDTH = 0.005;

    private final List<List<String>> rows;

    private GridTable(List<List<String>> rows) {
        this.rows = rows;
    }

    /** Returns the cells; empty if the file is missing or is not a grid. */
    public static Optional<GridTable> read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
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

    /** Returns the rows by rising engine speed; an empty cell is an empty text. */
    public List<List<String>> rows() {
        return rows;
    }

    /** Returns a cell; NaN if it is empty. */
    public double at(int cell) {
        String text = rows.get(cell / GridAxes.KPA_COUNT).get(cell % GridAxes.KPA_COUNT);
        try {
            return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException ignored) {
            return Double.NaN; // The file was changed by hand.
        }
    }

    public Grid grid() {
        return Grid.of(IntStream.range(0, GridAxes.CELLS).mapToDouble(this::at).toArray());
    }

    /** Returns rows of texts, made cell by cell. */
    public static List<List<String>> rows(IntFunction<String> cellText) {
        return IntStream.range(0, GridAxes.RPM_COUNT)
                .mapToObj(row -> IntStream.range(0, GridAxes.KPA_COUNT)
                        .mapToObj(column -> cellText.apply(row * GridAxes.KPA_COUNT + column))
                        .toList())
                .toList();
    }

    /** Returns the cell of the largest magnitude with its sign; NaN if all are empty. */
    public double largest() {
        double largest = Double.NaN;
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            double value = at(cell);
            if (!Double.isNaN(value) && !(Math.abs(value) <= Math.abs(largest))) {
                largest = value;
            }
        }
        return largest;
    }

    /** Returns the number of cells that are not empty. */
    public int filled() {
        return (int) IntStream.range(0, GridAxes.CELLS)
                .filter(cell -> !Double.isNaN(at(cell)))
                .count();
    }

    /** Returns the cells whose written value is the clamp, positive or negative. */
    public List<Integer> atClamp(double clamp) {
        return IntStream.range(0, GridAxes.CELLS)
                .filter(cell -> Math.abs(at(cell)) > clamp - HALF_A_HUNDREDTH)
                .boxed()
                .toList();
    }

    public long whole(int cell) {
        double value = at(cell);
        return Double.isNaN(value) ? 0 : (long) value;
    }
}
