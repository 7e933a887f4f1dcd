package dynoai.ingest.log.column;

import static dynoai.schemas.log.Channel.BATTERY_VOLTS;
import static dynoai.schemas.log.Channel.COMMANDED_AFR_FRONT;
import static dynoai.schemas.log.Channel.IAT_FAHRENHEIT;
import static dynoai.schemas.log.Channel.KNOCK_RETARD_FRONT_DEG;
import static dynoai.schemas.log.Channel.MAP_KPA;
import static dynoai.schemas.log.Channel.MEASURED_AFR_FRONT;
import static dynoai.schemas.log.Channel.POWER_HP;
import static dynoai.schemas.log.Channel.RPM;
import static dynoai.schemas.log.Channel.THROTTLE_PERCENT;
import static dynoai.schemas.log.Channel.TORQUE_FTLB;
import static java.util.Map.entry;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The known log formats (spec section 2): one entry per logger. Names of a cylinder's channels are listed once, for the front;
 * {@code @} is the cylinder's word.
 */
final class LogFormats {
    private static final Map<Channel, NameLists> POWER_VISION_NAMES = Map.ofEntries(
            entry(
                    RPM,
                    NameLists.of(
                            "engine speed",
                            "engspeed (rpm)",
                            "(pv) engine speed",
                            "(harley - ecu type 22 sw level 621) engine speed",
                            "rpm")),
            entry(
                    MAP_KPA,
                    NameLists.of(
                                    "manifold absolute pressure",
                                    "map (kpa)",
                                    "(pv) manifold absolute pressure",
                                    "(harley - ecu type 22 sw level 621) manifold absolute pressure",
                                    "map",
                                    "map kpa")
                            .weak("manifold pressure")),
            entry(
                    TORQUE_FTLB,
                    NameLists.of(
                            "torque",
                            "(dwr cpu) torque",
                            "(dwrt cpu) torque",
                            "(dwrt cpu) torque drum 1",
                            "(dwrt cpu) torque (uncorrected)",
                            "(pv) torque",
                            "engine torque")),
            entry(
                    POWER_HP,
                    NameLists.of("horsepower", "hp", "(pv) horsepower", "(pv) power")
                            .weak("power")),
            entry(
                    COMMANDED_AFR_FRONT,
                    NameLists.of("desired air/fuel", "afr commanded", "desired afr", "afr target", "commanded afr")),
            entry(
                    MEASURED_AFR_FRONT,
                    NameLists.of("wbo2 afr @", "afr measured", "measured afr", "(pv) wbo2 afr @", "(pv) afr meas")
                            .weak("wbo2 afr", "@ volts petrol afr")),
            entry(KNOCK_RETARD_FRONT_DEG, NameLists.of("@ spark knock retard", "knock retard @", "knock @")),
            entry(IAT_FAHRENHEIT, NameLists.of("intake air temperature", "iat (°f)", "iat")),
            entry(BATTERY_VOLTS, NameLists.of("battery voltage", "battery (v)", "vbatt")),
            entry(THROTTLE_PERCENT, NameLists.of("throttle position", "throttle (%)", "tps")));

    private static final Map<Channel, NameLists> WINPEP_NAMES = Map.ofEntries(
            entry(RPM, NameLists.of("rpm")),
            entry(MAP_KPA, NameLists.of("map", "kpa").weak("manifold", "pressure")),
            entry(TORQUE_FTLB, NameLists.of("torque").weak("tq", "ft-lb", "ft-lbs")),
            entry(POWER_HP, NameLists.of("hp", "horsepower").weak("power")),
            entry(COMMANDED_AFR_FRONT, NameLists.of("afr cmd @", "cmd afr @", "afr target @", "commanded afr @")),
            entry(MEASURED_AFR_FRONT, NameLists.of("afr meas @", "afr @", "measured afr @", "wb afr @", "o2 @")),
            entry(
                    KNOCK_RETARD_FRONT_DEG,
                    NameLists.of("knock ret @", "knock @", "spark retard @").last("knock")),
            entry(IAT_FAHRENHEIT, NameLists.of("iat", "intake air")),
            entry(BATTERY_VOLTS, NameLists.of("battery", "vbatt", "voltage")),
            entry(THROTTLE_PERCENT, NameLists.of("tps", "throttle")));

    private static final FormatDescription WINPEP = new FormatDescription(
            LogFormat.WINPEP,
            List.of("timestamp", "rpm", "map", "kpa", "afr cmd", "afr meas", "knock"),
            WINPEP_NAMES,
            false);

    private static final FormatDescription POWER_VISION = new FormatDescription(
            LogFormat.POWERVISION,
            List.of("(harley - ecu", "(pv) engine speed", "(dwr cpu) torque", "(pv) wbo2 afr front"),
            POWER_VISION_NAMES,
            true);

    private static final FormatDescription GENERIC = new FormatDescription(
            LogFormat.GENERIC,
            List.of("engspeed (rpm)", "afr measured", "time (s)", "throttle (%)"),
            POWER_VISION_NAMES,
            true);

    /** In the order that decides between formats with equally many markers. */
    private static final List<FormatDescription> ALL = List.of(POWER_VISION, GENERIC, WINPEP);

    /** Formats with different names, in the same order. */
    static final List<FormatDescription> VOCABULARIES = List.of(POWER_VISION, WINPEP);

    /** A log of unknown format is read as one of WinPEP. */
    private static final FormatDescription UNKNOWN =
            new FormatDescription(LogFormat.UNKNOWN, List.of(), WINPEP.names(), WINPEP.frontServesRear());

    private LogFormats() {}

    static FormatDescription of(LogFormat format) {
        return ALL.stream()
                .filter(description -> description.format() == format)
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** Returns the formats by whose names a log's columns are searched, its own first. */
    static List<FormatDescription> vocabularies(FormatDescription own) {
        List<FormatDescription> vocabularies = new ArrayList<>(List.of(own));
        for (FormatDescription other : VOCABULARIES) {
            if (other.names() != own.names()) {
                vocabularies.add(other);
            }
        }
        return vocabularies;
    }

    /** Returns the format with the most markers in the header line; in a tie, the first. */
    static FormatDescription of(String headerLine) {
        String line = headerLine.toLowerCase(Locale.ROOT).replace('\t', ',').replace(';', ',');
        FormatDescription best = UNKNOWN;
        int most = 0;
        for (FormatDescription format : ALL) {
            int markers = 0;
            for (String marker : format.markers()) {
                markers += line.contains(marker) ? 1 : 0;
            }
            if (markers > most) {
                most = markers;
                best = format;
            }
        }
        return best;
    }
}
