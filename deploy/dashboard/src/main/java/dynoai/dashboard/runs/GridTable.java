package dynoai.dashboard.runs;

import dynoai.schemas.GridAxes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cells of a grid file as they are written, without the guarding apostrophe: what a page shows is what the file says. */
final class GridTable {
    private static final int LARGEST_BYTES = 1 << 16;

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

    long whole(int cell) {
        double value = at(cell);
        return Double.isNaN(value) ? 0 : (long) value;
    }
}
