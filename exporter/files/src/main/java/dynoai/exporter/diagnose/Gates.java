package dynoai.exporter.diagnose;

import dynoai.exporter.table.FixedFormat;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.RunGrids.GateTally;
import dynoai.schemas.log.Channel;

/** Names and accepted ranges of the gates for reports. */
public final class Gates {
    private Gates() {}

    public static String title(Gate gate) {
        switch (gate) {
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
