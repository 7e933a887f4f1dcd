package dynoai.ingest.log.column;

import dynoai.ingest.log.column.LogUnit.Quantity;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every format says about a channel (spec section 2): names, words that are never taken, and units.
 *
 * @param title the channel in words
 * @param names of every format, after the format's own
 * @param never words of headers that are not the channel
 * @param quantity what the channel's units measure; null if any unit will do
 * @param resembling words of headers that may be meant for the channel
 */
record ChannelRules(
        String title,
        NameLists names,
        NeverWords never,
        @Nullable Quantity quantity,
        Set<String> resembling) {
    private static final String NEVER_MIXTURE =
            "error, corr, correction*, cor1, cor2, trim, volt*, raw, adc, integrator, status, learn*, adapt*, warm*,"
                    + " stoich*, delta, heater, duty";
    private static final Map<Channel, ChannelRules> BY_CHANNEL = new EnumMap<>(Channel.class);

    static {
        put(
                Channel.RPM,
                "engine speed",
                NameLists.of("engine speed"),
                "target, desired, drum, limit, roller, wheel, shaft, driveshaft, turbo, turbine, idle, error, cam, gear,"
                        + " match*, alternator, output, input, pump, fan, slip, delta, dot, rate, max, peak, min, shift,"
                        + " launch, redline, cut*",
                Quantity.SPEED,
                "rpm, speed");
        put(
                Channel.MAP_KPA,
                "manifold pressure",
                NameLists.of("man abs press", "iap", "intake air pressure", "intake manifold pressure"),
                "baro*, amb*, atmo*, target, desired, fuel, oil, brake, rail, exhaust, coolant, crank*, tyre, tire,"
                        + " cylinder, boost, gauge, vacuum, volt*, adc, raw, derivative, dot, rate, ratio, mode, switch,"
                        + " position, number, ignition, spark, predicted, compensation, temp*, ve, load, table, delta,"
                        + " error, limit, max, min, throttle, inlet, compressor, line, trans*, clutch, egr, evap, enrich*",
                Quantity.PRESSURE,
                "map, manifold, pressure, press, boost, vacuum, kpa");
        String neverTorque = "target, desired, req*, demand, reference, limit, lim, max, loss, percent, active, reduc*,"
                + " management, converter, slip, advance, enrich*, mode, steering, supply";
        put(Channel.TORQUE_FTLB, "torque", NameLists.NONE, neverTorque, Quantity.TORQUE, "torque, tq");
        put(Channel.POWER_HP, "power", NameLists.NONE, neverTorque, Quantity.POWER, "power, hp, horsepower");
        put(
                Channel.COMMANDED_AFR_FRONT,
                "commanded AFR",
                NameLists.of(
                        "set afr",
                        "target afr",
                        "afr cmd",
                        "cmd afr",
                        "afr command",
                        "afr setpoint",
                        "current target afr",
                        "comm fuel final",
                        "fuel target",
                        "air/fuel ratio commanded",
                        "commanded air/fuel ratio",
                        "equivalence ratio commanded",
                        "target lambda",
                        "desired lambda",
                        "commanded lambda",
                        "lambda sp"),
                NEVER_MIXTURE,
                Quantity.MIXTURE,
                "afr, af, lambda, eq, equivalence, commanded");
        put(
                Channel.MEASURED_AFR_FRONT,
                "measured AFR",
                NameLists.of(
                                "wideband afr",
                                "wideband o2",
                                "wideband",
                                "wb",
                                "wb eq ratio",
                                "wbo2 curr. afr",
                                "air/fuel",
                                "air/fuel ratio",
                                "af ratio",
                                "af sens 1 ratio",
                                "zt-2 afr",
                                "o2 wideband",
                                "afr @",
                                "@ afr")
                        .weak("volts petrol afr", "afr", "lambda"),
                NEVER_MIXTURE + ", desired, target, command*, cmd, set, setpoint",
                Quantity.MIXTURE,
                "afr, af, lambda, eq, wideband, o2, oxygen, wb, wbo2");
        put(
                Channel.KNOCK_RETARD_FRONT_DEG,
                "knock retard",
                NameLists.NONE,
                "volt*, count*, window, sensor",
                null,
                "knock");
        put(
                Channel.IAT_FAHRENHEIT,
                "intake air temperature",
                NameLists.NONE.exactly("mat"),
                "raw, comp*, volt*, pressure, press, flow, mass",
                Quantity.TEMPERATURE,
                "iat, intake");
        put(
                Channel.BATTERY_VOLTS,
                "battery voltage",
                NameLists.of("batt"),
                "tps, map, maf, eld, o2, sensor, throttle, afr, lambda, knock, pedal, pressure, temp*, pump",
                Quantity.VOLTAGE,
                "battery, batt, voltage");
        put(
                Channel.THROTTLE_PERCENT,
                "throttle",
                NameLists.NONE,
                "volt*, raw, adc, dot, derivative, target, error",
                Quantity.SHARE,
                "tps, throttle");
        put(
                Channel.COOLANT_FAHRENHEIT,
                "coolant temperature",
                NameLists.of(
                        "coolant",
                        "coolant temp",
                        "coolant temperature",
                        "ect",
                        "clt",
                        "engine temp",
                        "engine temperature"),
                "raw, adc, volt*, target, error, fan, pressure, press, level, comp*, corr*, enrich*",
                Quantity.TEMPERATURE,
                "coolant");
    }

    private static void put(
            Channel channel,
            String title,
            NameLists names,
            String never,
            @Nullable Quantity quantity,
            String resembling) {
        BY_CHANNEL.put(
                channel,
                new ChannelRules(title, names, new NeverWords(words(never)), quantity, Set.copyOf(words(resembling))));
    }

    private static List<String> words(String list) {
        return Arrays.asList(list.split(", "));
    }

    /** Returns all channels but time; of a cylinder's channels the one of the front. */
    static Set<Channel> channels() {
        return BY_CHANNEL.keySet();
    }

    /** @param channel other than time */
    static ChannelRules of(Channel channel) {
        return Objects.requireNonNull(BY_CHANNEL.get(channel.of(Cylinder.FRONT)));
    }

    /** Returns the first word because of which the header is not the channel, or null. */
    @Nullable
    String neverWord(HeaderName header) {
        for (String word : header.allWords()) {
            if (never.contains(word) && !isVoltsOfMixture(word, header)) {
                return word;
            }
        }
        return null;
    }

    /** Whether a word for volts stands in the name of a wideband's AFR or lambda, which it converts from its voltage. */
    private boolean isVoltsOfMixture(String word, HeaderName header) {
        return quantity == Quantity.MIXTURE && word.startsWith("volt") && header.endsInMixture();
    }

    /** Whether neither a word of the header nor its unit rules the channel out. */
    boolean allows(HeaderName header) {
        return allowsUnit(header.unit()) && neverWord(header) == null;
    }

    boolean allowsUnit(@Nullable LogUnit unit) {
        return unit == null || quantity == null || unit.quantity() == quantity;
    }
}
