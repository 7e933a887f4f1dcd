package dynoai.dashboard.runs;

import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.schemas.grid.GridAxes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The timeline of a run as columns, thinned if it has more windows than a chart has pixels. */
public final class TimelineView {
    private static final int MAX_BYTES = 64 << 20;
    private static final int MAX_POINTS = 600;

    private TimelineView() {}

    /** Returns the columns by name, with null for empty values, and each window's cell. Of a thinned group the first window is kept. */
    public static Map<String, @Nullable Object> of(Path folder) throws IOException {
        Path file = RunFolderLayout.TIMELINE.in(folder);
        Fields columns = new Fields();
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            return new Fields()
                    .put("windows", 0)
                    .put("every", 1)
                    .put("columns", columns.map())
                    .put("cells", List.of())
                    .put("axes", RunFolderView.axes())
                    .map();
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        String[] names = lines.get(0).split(",", -1);
        int windows = lines.size() - 1;
        int every = Math.max(1, (windows + MAX_POINTS - 1) / MAX_POINTS);
        List<List<@Nullable Double>> values = new ArrayList<>();
        for (String name : names) {
            List<@Nullable Double> column = new ArrayList<>();
            values.add(column);
            columns.put(name, column);
        }
        for (int line = 1; line < lines.size(); line += every) {
            String[] cells = lines.get(line).split(",", -1);
            for (int i = 0; i < names.length; i++) {
                values.get(i).add(i < cells.length ? number(cells[i]) : null);
            }
        }
        return new Fields()
                .put("windows", windows)
                .put("every", every)
                .put("columns", columns.map())
                .put("cells", cells(Arrays.asList(names), values))
                .put("axes", RunFolderView.axes())
                .map();
    }

    /** Returns the cell nearest to each window's mean engine speed and pressure; null where one is missing. */
    private static List<@Nullable Integer> cells(List<String> names, List<List<@Nullable Double>> values) {
        int rpm = names.indexOf("mean_rpm");
        int kpa = names.indexOf("mean_map_kpa");
        List<@Nullable Integer> cells = new ArrayList<>();
        for (int window = 0; window < values.get(0).size(); window++) {
            @Nullable Double speed = rpm < 0 ? null : values.get(rpm).get(window);
            @Nullable Double pressure = kpa < 0 ? null : values.get(kpa).get(window);
            cells.add(speed == null || pressure == null ? null : GridAxes.cell(speed, pressure));
        }
        return cells;
    }

    private static @Nullable Double number(String cell) {
        String text = cell.startsWith("'") ? cell.substring(1) : cell;
        try {
            double value = text.isEmpty() ? Double.NaN : Double.parseDouble(text);
            return Double.isFinite(value) ? value : null;
        } catch (NumberFormatException ignored) {
            return null; // The file was changed by hand.
        }
    }
}
