package dynoai.exporter.table;

import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import java.nio.charset.StandardCharsets;

/** The values of a grid for pasting into a tuning program: tabs, LF between rows, no apostrophes. */
public final class PasteReady {
    private PasteReady() {}

    public static byte[] write(Grid grid, int decimals, boolean plus) {
        StringBuilder text = new StringBuilder(512);
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (cell > 0) {
                text.append(cell % GridAxes.KPA_COUNT == 0 ? '\n' : '\t');
            }
            if (!grid.isEmpty(cell)) {
                FixedFormat.append(text, grid.at(cell), decimals, plus);
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
