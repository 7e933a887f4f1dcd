package dynoai.exporter.report.html;

import dynoai.exporter.table.FixedFormat;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.json.Json;

/** Numbers and cells as the pages show them. */
public final class Figures {
    /** Larger numbers are written with an exponent. */
    private static final double MAX_PLAIN = 1e9;

    private Figures() {}

    /** Returns a rounded number; empty for NaN. */
    public static String number(double value, int decimals, boolean plus) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "beyond all bounds" : "below all bounds";
        }
        return Math.abs(value) < MAX_PLAIN ? FixedFormat.format(value, decimals, plus) : Json.shortest(value);
    }

    /** Returns the shortest form: 7, not 7.00. */
    public static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < MAX_PLAIN
                ? Long.toString((long) value)
                : Json.shortest(value);
    }

    public static String percent(double value) {
        return number(value, 2, true);
    }

    public static String place(int cell) {
        return GridAxes.rpmOfCell(cell) + " rpm, " + GridAxes.kpaOfCell(cell) + " kPa";
    }
}
