package dynoai.ingest.log;

import dynoai.ingest.log.column.ColumnChoice;
import dynoai.ingest.log.text.AsciiText;
import dynoai.ingest.log.text.LogHead;
import dynoai.schemas.log.Channel;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import java.util.List;
import java.util.Locale;

/**
 * The units of a log and their conversion.
 *
 * @param rpmInThousands found by the survey; false until then
 * @param mapUnitGiven whether the user named the unit of the MAP column
 * @param decimalComma whether numbers may have a comma in place of the point
 * @param converts whether units are converted at all; the historical toolkit did not
 */
record UnitRules(
        boolean rpmInThousands,
        boolean mapInInchesOfMercury,
        boolean iatInCelsius,
        boolean timeInMilliseconds,
        boolean mapUnitGiven,
        boolean decimalComma,
        boolean converts) {
    static final double RPM_PER_THOUSAND = 1000.0;
    static final double KPA_PER_INHG = 3.38639;
    /** The absolute manifold pressure of a running engine exceeds this at some time, in kPa. */
    static final double MIN_PLAUSIBLE_KPA = 32;
    /** A log that never reaches this speed is in thousands. */
    static final double MIN_PLAUSIBLE_RPM = 30;

    private static final List<String> CELSIUS_WORDS = List.of("°c", "(c)", "deg c", "degc", "celsius");

    static UnitRules of(ColumnChoice choice, LogHead head, AnalysisOptions options) {
        boolean converts = !options.mathVersion().isReplay();
        String mapUnit = options.text(Option.MAP_UNIT);
        String iatUnit = options.text(Option.IAT_UNIT);
        String mapHeader =
                header(choice, Channel.MAP_KPA, head).toLowerCase(Locale.ROOT).replace(" ", "");
        String iatHeader = normalise(header(choice, Channel.IAT_FAHRENHEIT, head));
        String timeHeader = normalise(header(choice, Channel.TIME_SECONDS, head));
        return new UnitRules(
                false,
                converts && (mapUnit == null ? mapHeader.contains("inhg") : mapUnit.equals("inhg")),
                converts
                        && (iatUnit == null
                                ? CELSIUS_WORDS.stream().anyMatch(iatHeader::contains)
                                : iatUnit.equals("c")),
                isMilliseconds(timeHeader),
                mapUnit != null,
                head.delimiter() == ';' && converts,
                converts);
    }

    UnitRules withRpmInThousands(boolean found) {
        return new UnitRules(
                found && converts,
                mapInInchesOfMercury,
                iatInCelsius,
                timeInMilliseconds,
                mapUnitGiven,
                decimalComma,
                converts);
    }

    double rpm(double raw) {
        return rpmInThousands ? raw * RPM_PER_THOUSAND : raw;
    }

    double kpa(double raw) {
        return mapInInchesOfMercury ? raw * KPA_PER_INHG : raw;
    }

    static double fahrenheit(double celsius) {
        return celsius * 9.0 / 5.0 + 32.0;
    }

    private static String normalise(String header) {
        return AsciiText.trim(header).toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String header(ColumnChoice choice, Channel channel, LogHead head) {
        return choice.has(channel) ? head.columns().get(choice.column(channel)) : "";
    }

    /** Whether {@code ms} is a word of its own, as in {@code Time (ms)} or {@code elapsed ms}. */
    private static boolean isMilliseconds(String header) {
        for (String word : header.split("[^a-z]+")) {
            if (word.equals("ms") || word.equals("msec") || word.startsWith("millisec")) {
                return true;
            }
        }
        return false;
    }
}
