package dynoai.exporter.table;

import dynoai.schemas.grid.TimelineWindow;
import dynoai.schemas.grid.TimelineWindow.CylinderWindow;
import java.util.List;

/**
 * {@code Timeline.csv}: one line per window of log time. Decimals: three for seconds, one for rpm, two for kPa and percent,
 * one for degrees of knock retard and °F. A cell without data is empty.
 */
public final class TimelineCsv {
    private static final List<String> COLUMNS =
            List.of("window", "first_row", "rows", "start_s", "end_s", "mean_rpm", "mean_map_kpa");
    private static final List<String> CYLINDER_COLUMNS =
            List.of("accepted", "mean_afr_err_pct", "mean_corr_pct", "peak_knock_deg", "peak_iat_f");

    private TimelineCsv() {}

    /** Returns the number of columns. */
    public static int columns() {
        return COLUMNS.size() + 2 * CYLINDER_COLUMNS.size();
    }

    public static byte[] write(List<TimelineWindow> windows) {
        Csv csv = new Csv();
        COLUMNS.forEach(csv::cell);
        CYLINDER_COLUMNS.forEach(column -> csv.cell("front_" + column));
        CYLINDER_COLUMNS.forEach(column -> csv.cell("rear_" + column));
        csv.endLine();
        for (TimelineWindow window : windows) {
            csv.cell(Integer.toString(window.ordinal()));
            csv.cell(Long.toString(window.firstRow()));
            csv.cell(Long.toString(window.rows()));
            csv.cell(number(window.startSeconds(), 3));
            csv.cell(number(window.endSeconds(), 3));
            csv.cell(number(window.meanRpm(), 1));
            csv.cell(number(window.meanKpa(), 2));
            cylinder(csv, window.front());
            cylinder(csv, window.rear());
            csv.endLine();
        }
        return csv.bytes();
    }

    private static void cylinder(Csv csv, CylinderWindow window) {
        csv.cell(Long.toString(window.accepted()));
        csv.cell(number(window.meanErr(), 2));
        csv.cell(number(window.meanCorr(), 2));
        csv.cell(number(window.peakKnock(), 1));
        csv.cell(number(window.peakIat(), 1));
    }

    private static String number(double value, int decimals) {
        return Double.isFinite(value) ? FixedFormat.format(value, decimals, false) : "";
    }
}
