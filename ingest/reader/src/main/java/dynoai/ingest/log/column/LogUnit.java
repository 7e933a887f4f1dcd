package dynoai.ingest.log.column;

import dynoai.ingest.log.text.AsciiText;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A unit that a log may state: a closed list (spec section 2). */
public enum LogUnit {
    RPM(Quantity.SPEED, 1, "rpm", "1/min"),
    THOUSAND_RPM(Quantity.SPEED, 1000, "krpm"),
    RPM_PER_SECOND(Quantity.ACCELERATION, 1, "rpm/s"),
    KPA(Quantity.PRESSURE, 1, "kPa", "kPa abs"),
    BAR(Quantity.PRESSURE, 100, "bar"),
    MBAR(Quantity.PRESSURE, 0.1, "mbar", "hPa"),
    PSI(Quantity.PRESSURE, 6.894757, "psi", "psia"),
    INCH_OF_MERCURY(Quantity.PRESSURE, 3.38639, "inHg", "in Hg"),
    MILLIMETRE_OF_MERCURY(Quantity.PRESSURE, 0.133322, "mmHg"),
    FOOT_POUND(Quantity.TORQUE, 1, "ft-lb", "ft-lbs", "lb-ft"),
    NEWTON_METRE(Quantity.TORQUE, 0.7375621493, "Nm", "N·m"),
    HORSEPOWER(Quantity.POWER, 1, "hp"),
    KILOWATT(Quantity.POWER, 1.3410220896, "kW"),
    METRIC_HORSEPOWER(Quantity.POWER, 0.9863200706, "PS", "cv"),
    AFR(Quantity.MIXTURE, 1, "AFR", ":1"),
    LAMBDA(Quantity.MIXTURE, 1, "lambda", "λ"),
    EQUIVALENCE_RATIO(Quantity.MIXTURE, 1, "φ"),
    CELSIUS(Quantity.TEMPERATURE, 1, "°C", "C", "*C", "degC", "deg C", "celsius"),
    FAHRENHEIT(Quantity.TEMPERATURE, 1, "°F", "F", "degF"),
    PERCENT(Quantity.SHARE, 1, "%"),
    DEGREE(Quantity.SHARE, 1, "°"),
    VOLT(Quantity.VOLTAGE, 1, "V", "volts"),
    SECOND(Quantity.TIME, 1, "s", "sec"),
    MILLISECOND(Quantity.TIME, 1, "ms", "msec");

    /** What a unit measures. */
    public enum Quantity {
        SPEED("engine speed"),
        ACCELERATION("a change of speed"),
        PRESSURE("pressure"),
        TORQUE("torque"),
        POWER("power"),
        MIXTURE("a mixture"),
        TEMPERATURE("temperature"),
        SHARE("an opening"),
        VOLTAGE("voltage"),
        TIME("time");

        private final String title;

        Quantity(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** No unit is longer. */
    private static final int MAX_LENGTH = 8;

    private static final Map<String, LogUnit> BY_TEXT = byText();

    private final Quantity quantity;
    private final double factor;
    private final List<String> texts;

    LogUnit(Quantity quantity, double factor, String... texts) {
        this.quantity = quantity;
        this.factor = factor;
        this.texts = List.of(texts);
    }

    /** Returns the usual spelling, such as {@code kPa}. */
    public String symbol() {
        return texts.get(0);
    }

    public Quantity quantity() {
        return quantity;
    }

    /** What a value is multiplied by to become rpm, kPa, ft-lb or hp; 1 for other quantities, which are not multiples. */
    public double factor() {
        return factor;
    }

    /** Returns the unit of a text like {@code kPa}, or null if it is not a known unit. */
    public static @Nullable LogUnit of(String text) {
        String plain = withSingleSpaces(text.strip());
        return plain.isEmpty() || plain.length() > MAX_LENGTH
                ? null
                : BY_TEXT.get(plain.toLowerCase(Locale.ROOT).replace('º', '°').replace('⋅', '·'));
    }

    /** Returns the unit in a cell of a units row, with or without brackets, or null. */
    static @Nullable LogUnit ofCell(String cell) {
        return of(withoutBrackets(cell));
    }

    static String withoutBrackets(String cell) {
        String text = cell.strip();
        int last = text.length() - 1;
        boolean inBrackets = last > 0
                && (text.charAt(0) == '(' && text.charAt(last) == ')'
                        || text.charAt(0) == '[' && text.charAt(last) == ']');
        return inBrackets ? text.substring(1, last).strip() : text;
    }

    private static String withSingleSpaces(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length() && plain.length() <= MAX_LENGTH; i++) {
            char c = text.charAt(i);
            if (AsciiText.isSpace(c)) {
                space = true;
            } else {
                plain.append(space ? " " : "").append(c);
                space = false;
            }
        }
        return plain.toString();
    }

    private static Map<String, LogUnit> byText() {
        Map<String, LogUnit> units = new HashMap<>();
        for (LogUnit unit : values()) {
            unit.texts.forEach(text -> units.put(text.toLowerCase(Locale.ROOT), unit));
        }
        return units;
    }
}
