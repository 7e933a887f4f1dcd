package dynoai.exporter.diagnose;

import dynoai.exporter.diagnose.Anomaly.KnockCell;
import dynoai.exporter.table.FixedFormat;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import java.util.List;

/** Explanations of anomalies for a tuner. */
final class Explanations {
    /** Added in the replay version where a text reads a correction as lean or rich. */
    static final String INVERTED_SIGN =
            " The replay version has the inverted sign: there a negative correction is lean, so read more as less and lean"
                    + " as rich.";

    static final List<String> DISCONTINUITY_CHECKS = List.of(
            "Compare the sample count of this cell with its neighbours': a few rows in passing make a poor mean.",
            "Look at the median absolute deviation: a wide spread points to transients rather than to fuelling.",
            "Ride the cell again at steady throttle before applying its value.",
            "If it stays, look for a step in the base VE table or a change of injector or closed-loop mode there.");

    static final List<String> IMBALANCE_CHECKS = List.of(
            "Check both wideband sensors for an exhaust leak ahead of them and for their calibration.",
            "Compare intake sealing and compression of the two cylinders.",
            "Tune from the front and rear tables on their own rather than from their mean.");

    static final List<String> LOW_MAP_CHECKS = List.of(
            "Look for an intake leak: unmetered air weighs most at high vacuum.",
            "Check for air drawn in through the exhaust at light load, which a wideband reads as lean.",
            "Check injector data at short pulse widths and the idle and decel settings.");

    static final List<String> KNOCK_CHECKS = List.of(
            "Look at the raw knock trace: a single spike is often noise, repeated retard is not.",
            "Check fuel quality, plug heat range and carbon before giving up timing for good.",
            "Where cells are marked hot, repeat the pull with cooler intake air.",
            "Use the spark suggestion as advice only; nothing applies it.");

    static final List<String> BATTERY_CHECKS = List.of(
            "Check charging voltage, grounds and the battery under load.",
            "Check the injector dead-time table against the injectors fitted.",
            "Repeat the pull at stable voltage before trusting small corrections.");

    private Explanations() {}

    static String discontinuity(int cell, double percent, double roughness) {
        return "The correction at " + name(cell) + " is " + signed(percent) + " %, which is "
                + FixedFormat.format(roughness, roughness < 0.01 ? 6 : 2, false)
                + " % away from the mean of its neighbours and far more than cells of this run usually are. Real"
                + " engines change gradually from cell to cell, so a lone step is more often a matter of data.";
    }

    static String imbalance(double mean) {
        return "Between 2500 and 3800 rpm and 65 and 95 kPa the rear cylinder asks for "
                + FixedFormat.format(Math.abs(mean), 2, false) + " % " + (mean > 0 ? "more" : "less")
                + " fuel than the front one, on average. Their mean fits neither of them.";
    }

    static String leanAtLowMap(double low, double cruise) {
        return "At high vacuum (1500-2500 rpm, 35-50 kPa) the correction is " + signed(low) + " %, against "
                + signed(cruise) + " % at cruise (2500-3500 rpm, 65-80 kPa). An engine that is lean only at high vacuum"
                + " often breathes air that was not measured.";
    }

    static String knock(int count, List<KnockCell> listed) {
        long hot = listed.stream().filter(KnockCell::hot).count();
        return (count == 1 ? "One cell shows" : count + " cells show") + " 1.5 degrees or more of knock retard"
                + (listed.size() < count ? "; the first " + listed.size() + " are listed" : "") + ". "
                + (hot == 0
                        ? "Intake air was below 120 °F in all that are listed, so heat alone does not explain it."
                        : hot
                                + " of those listed had intake air at 120 °F or more, where heat soak is a likely cause.");
    }

    static String battery(RunGrids.BatteryCorrelation battery) {
        return "The correction rises as battery voltage falls: r = " + FixedFormat.format(battery.r(), 2, true)
                + " over " + battery.pairs() + " readings. Injectors open later at low voltage, so part of the"
                + " correction may belong to voltage and not to volumetric efficiency.";
    }

    private static String name(int cell) {
        return GridAxes.rpmOfCell(cell) + " rpm, " + GridAxes.kpaOfCell(cell) + " kPa";
    }

    private static String signed(double percent) {
        return FixedFormat.format(percent, 2, true);
    }
}
