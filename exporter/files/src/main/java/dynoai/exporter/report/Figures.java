package dynoai.exporter.report;

import dynoai.exporter.kernel.Delta;
import dynoai.exporter.table.FixedFormat;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.json.Json;
import java.util.List;

/** Numbers and cells as a page says them; nothing that a log can hold breaks a page. */
final class Figures {
    /** From here on digits say nothing to a reader, and a table would burst. */
    private static final double LARGEST_PLAIN = 1e9;

    private Figures() {}

    /** Rounded by the one rule; empty for nothing, in powers of ten when huge. */
    static String number(double value, int decimals, boolean plus) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "beyond all bounds" : "below all bounds";
        }
        return Math.abs(value) < LARGEST_PLAIN ? FixedFormat.format(value, decimals, plus) : Json.shortest(value);
    }

    /** As short as it can be said: 7 rather than 7.00. */
    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < LARGEST_PLAIN
                ? Long.toString((long) value)
                : Json.shortest(value);
    }

    static String percent(double value) {
        return number(value, 2, true);
    }

    static String place(int cell) {
        return GridAxes.rpmOfCell(cell) + " rpm, " + GridAxes.kpaOfCell(cell) + " kPa";
    }

    static int covered(List<Long> coverage) {
        int cells = 0;
        for (long samples : coverage) {
            if (samples > 0) {
                cells++;
            }
        }
        return cells;
    }

    /** The largest correction that leaves, and where; of clamped ones the one that was measured largest. */
    static String largest(Delta delta) {
        int largest = -1;
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (!delta.clamped().isEmpty(cell) && (largest < 0 || isLarger(delta, cell, largest))) {
                largest = cell;
            }
        }
        return largest < 0 ? "none" : percent(delta.clamped().at(largest)) + " % at " + place(largest);
    }

    private static boolean isLarger(Delta delta, int cell, int than) {
        double leaves = magnitude(delta.clamped(), cell);
        double other = magnitude(delta.clamped(), than);
        return leaves > other
                || leaves == other && magnitude(delta.smoothed(), cell) > magnitude(delta.smoothed(), than);
    }

    private static double magnitude(Grid grid, int cell) {
        return Math.abs(grid.at(cell));
    }
}
