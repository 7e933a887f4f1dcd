package dynoai.ingest.log;

import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import java.util.List;
import java.util.Locale;

/**
 * Which units a log is in and how its values are brought to ours, decided once per log.
 *
 * @param rpmInThousands found by the survey; false until then
 * @param mapUnitGiven whether the operator named the unit of the MAP column, which ends every doubt about it
 */
record UnitRules(
        boolean rpmInThousands,
        boolean mapInInchesOfMercury,
        boolean iatInCelsius,
        boolean timeInMilliseconds,
        boolean mapUnitGiven,
        boolean converts) {
    static final double RPM_PER_THOUSAND = 1000.0;
    static final double KPA_PER_INHG = 3.38639;
    /** Below this no absolute manifold pressure of a running engine lies, in kPa. */
    static final double LEAST_BELIEVABLE_KPA = 32;
    /** An engine that never reaches this speed is logged in thousands. */
    static final double LEAST_BELIEVABLE_RPM = 30;

    private static final List<String> CELSIUS_WORDS = List.of("°c", "(c)", "deg c", "degc", "celsius");

    static UnitRules of(ColumnChoice choice, List<String> headers, AnalysisOptions options) {
        boolean converts = !options.mathVersion().isReplay();
        String mapUnit = options.text(Option.MAP_UNIT);
        String iatUnit = options.text(Option.IAT_UNIT);
        String mapHeader =
                header(choice.kpa(), headers).toLowerCase(Locale.ROOT).replace(" ", "");
        String iatHeader = ColumnSearch.normalise(header(choice.iat(), headers));
        String timeHeader = ColumnSearch.normalise(header(choice.time(), headers));
        return new UnitRules(
                false,
                converts && (mapUnit == null ? mapHeader.contains("inhg") : mapUnit.equals("inhg")),
                converts
                        && (iatUnit == null ? ColumnSearch.containsAny(iatHeader, CELSIUS_WORDS) : iatUnit.equals("c")),
                isMilliseconds(timeHeader),
                mapUnit != null,
                converts);
    }

    UnitRules withRpmInThousands(boolean found) {
        return new UnitRules(
                found && converts, mapInInchesOfMercury, iatInCelsius, timeInMilliseconds, mapUnitGiven, converts);
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

    private static String header(int column, List<String> headers) {
        return column < 0 ? "" : headers.get(column);
    }

    /** {@code ms} as a word of its own, as in {@code Time (ms)} or {@code elapsed ms}. */
    private static boolean isMilliseconds(String header) {
        for (String word : header.split("[^a-z]+")) {
            if (word.equals("ms") || word.equals("msec") || word.startsWith("millisec")) {
                return true;
            }
        }
        return false;
    }
}
