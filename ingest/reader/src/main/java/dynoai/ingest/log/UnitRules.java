package dynoai.ingest.log;

import dynoai.ingest.log.column.ColumnChoice;
import dynoai.ingest.log.column.LogUnit;
import dynoai.ingest.log.text.LogHead;
import dynoai.schemas.log.Channel;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The units that a log or the user states, and their conversion.
 *
 * @param units by channel, where they are known
 * @param timeInMilliseconds whether header or units row say so
 * @param timeIsUnmarked whether header and units row say nothing of the clock's unit
 * @param mapUnitGiven whether the user named the unit of the MAP column
 * @param decimalComma whether numbers may have a comma in place of the point
 * @param converts whether units are converted at all; the historical toolkit did not
 */
record UnitRules(
        Map<Channel, LogUnit> units,
        boolean timeInMilliseconds,
        boolean timeIsUnmarked,
        boolean mapUnitGiven,
        boolean decimalComma,
        boolean converts) {
    static final double RPM_PER_THOUSAND = 1000.0;
    /** The absolute manifold pressure of a running engine exceeds this at some time, in kPa. */
    static final double MIN_PLAUSIBLE_KPA = 32;
    /** A log that never reaches this speed is in thousands. */
    static final double MIN_PLAUSIBLE_RPM = 30;

    static UnitRules of(ColumnChoice choice, LogHead head, AnalysisOptions options) {
        boolean converts = !options.mathVersion().isReplay();
        Map<Channel, LogUnit> units = new EnumMap<>(Channel.class);
        if (converts) {
            for (Channel channel : Channel.values()) {
                LogUnit unit = choice.unit(channel);
                if (unit != null) {
                    units.put(channel, unit);
                }
            }
            put(units, Channel.MAP_KPA, options.text(Option.MAP_UNIT));
            put(units, Channel.IAT_FAHRENHEIT, options.text(Option.IAT_UNIT));
        }
        boolean milliseconds = choice.unit(Channel.TIME_SECONDS) == LogUnit.MILLISECOND
                || choice.has(Channel.TIME_SECONDS)
                        && isMilliseconds(head.columns().get(choice.column(Channel.TIME_SECONDS)));
        return new UnitRules(
                units,
                milliseconds,
                converts && !milliseconds && choice.unit(Channel.TIME_SECONDS) == null,
                options.text(Option.MAP_UNIT) != null,
                head.delimiter() == ';' && converts,
                converts);
    }

    private static void put(Map<Channel, LogUnit> units, Channel channel, @Nullable String given) {
        if (given != null) {
            units.put(channel, Objects.requireNonNull(LogUnit.of(given)));
        }
    }

    /** Returns what a value of the channel is multiplied by to have the channel's unit. */
    double factor(Channel channel) {
        LogUnit unit = units.get(channel);
        // Whether engine speed is in thousands is decided by its values, whatever the header says.
        return unit == null || channel == Channel.RPM ? 1 : unit.factor();
    }

    /** Whether the unit of MAP is stated and not kPa, so that low values are plausible. */
    boolean isMapConverted() {
        LogUnit unit = units.get(Channel.MAP_KPA);
        return unit == LogUnit.BAR || unit == LogUnit.MBAR || unit == LogUnit.PSI || unit == LogUnit.INCH_OF_MERCURY;
    }

    boolean isCelsius(Channel channel) {
        return units.get(channel) == LogUnit.CELSIUS;
    }

    static double fahrenheit(double celsius) {
        return celsius * 9.0 / 5.0 + 32.0;
    }

    static double seconds(double milliseconds) {
        return milliseconds / 1000.0;
    }

    static String plain(double factor) {
        return factor == Math.rint(factor) ? String.valueOf((long) factor) : String.valueOf(factor);
    }

    /** Whether {@code ms} is a word of its own, as in {@code Time (ms)} or {@code elapsed ms}. */
    private static boolean isMilliseconds(String header) {
        for (String word : header.toLowerCase(Locale.ROOT).split("[^a-z]+")) {
            if (word.equals("ms") || word.equals("msec") || word.startsWith("millisec")) {
                return true;
            }
        }
        return false;
    }
}
