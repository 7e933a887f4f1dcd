package dynoai.exporter.diagnose;

import dynoai.exporter.table.FixedFormat;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.RunGrids.GateTally;
import dynoai.schemas.log.Channel;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import java.util.List;
import java.util.stream.Stream;

/** Names and accepted ranges of the gates for reports. */
public final class Gates {
    private Gates() {}

    /** Returns the gates of a run: all but the filters that its options leave off. */
    public static List<Gate> of(AnalysisOptions options) {
        return Stream.of(Gate.values()).filter(gate -> isOn(gate, options)).toList();
    }

    private static boolean isOn(Gate gate, AnalysisOptions options) {
        switch (gate) {
            case NO_DELAYED_AFR:
                return options.number(Option.AFR_DELAY) > 0;
            case OUTSIDE_GRID:
                return options.flag(Option.INSIDE_GRID);
            case THROTTLE_TRANSIENT:
                return !Double.isNaN(options.numberOrNaN(Option.MAX_TPS_RATE));
            case COLD_ENGINE:
                return !Double.isNaN(options.numberOrNaN(Option.MIN_COOLANT));
            case FUEL_CUT:
                return options.flag(Option.SKIP_FUEL_CUT);
            default:
                return true;
        }
    }

    public static String title(Gate gate) {
        switch (gate) {
            case NO_DELAYED_AFR:
                return "no measured AFR after the delay";
            case OUTSIDE_GRID:
                return "beyond the grid";
            case THROTTLE_TRANSIENT:
                return "throttle moves too fast";
            case COLD_ENGINE:
                return "coolant too cold";
            case FUEL_CUT:
                return "fuel cut";
            case NO_REQUESTED_AFR:
                return "no commanded AFR";
            case BAD_AFR:
                return "AFR missing or unusable";
            case IAT_OUT_OF_RANGE:
                return "intake air temperature out of range";
            case RPM_OUT_OF_RANGE:
                return "engine speed out of range";
            case MAP_OUT_OF_RANGE:
                return "manifold pressure out of range";
            case TPS_OUT_OF_RANGE:
                return "throttle out of range";
            case LOW_LOAD:
                return "too little load";
            default:
                return "accepted";
        }
    }

    /** Returns the accepted range with its unit; empty for {@link Gate#ACCEPTED}. */
    public static String accepts(Gate gate) {
        switch (gate) {
            case NO_DELAYED_AFR:
                return "any measured AFR, afr_delay later";
            case OUTSIDE_GRID:
                return "1250 to 6750 rpm and 27.5 to 102.5 kPa";
            case THROTTLE_TRANSIENT:
                return "at most max_tps_rate, in %/s";
            case COLD_ENGINE:
                return "min_coolant or more, in °F";
            case FUEL_CUT:
                return "no measured AFR above 16 with the throttle at 2 % or less above 1500 rpm";
            case NO_REQUESTED_AFR:
                return "any commanded AFR";
            case BAD_AFR:
                return "9 to 18, commanded and measured";
            case IAT_OUT_OF_RANGE:
                return "30 to 300 °F";
            case RPM_OUT_OF_RANGE:
                return "400 to 8000 rpm";
            case MAP_OUT_OF_RANGE:
                return "10 to 110 kPa";
            case TPS_OUT_OF_RANGE:
                return "0 to 100 %";
            case LOW_LOAD:
                return "a weight (torque or power) of 5 or more";
            default:
                return "";
        }
    }

    /** Returns the range of the rejected values, for example {@code values from 5.10 to 8.20}. */
    public static String range(GateTally tally) {
        if (!(Double.isFinite(tally.lowest()) && Double.isFinite(tally.highest()))) {
            return "no value";
        }
        String lowest = FixedFormat.format(tally.lowest(), 2, false);
        String highest = FixedFormat.format(tally.highest(), 2, false);
        return lowest.equals(highest) ? "always " + lowest : "values from " + lowest + " to " + highest;
    }

    /** Returns the channel whose range a tally holds. */
    static Channel judged(Gate gate, Cylinder cylinder, boolean weighsByPower) {
        switch (gate) {
            case NO_REQUESTED_AFR:
                return Channel.commandedAfr(cylinder);
            case COLD_ENGINE:
                return Channel.COOLANT_FAHRENHEIT;
            case THROTTLE_TRANSIENT:
                return Channel.THROTTLE_PERCENT;
            case IAT_OUT_OF_RANGE:
                return Channel.IAT_FAHRENHEIT;
            case RPM_OUT_OF_RANGE:
                return Channel.RPM;
            case MAP_OUT_OF_RANGE:
                return Channel.MAP_KPA;
            case TPS_OUT_OF_RANGE:
                return Channel.THROTTLE_PERCENT;
            case LOW_LOAD:
                return weighsByPower ? Channel.POWER_HP : Channel.TORQUE_FTLB;
            default:
                return Channel.measuredAfr(cylinder);
        }
    }
}
