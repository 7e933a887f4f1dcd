package dynoai.ingest.log.column;

import dynoai.ingest.log.text.AsciiText;
import dynoai.schemas.grid.Cylinder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A header taken apart: its source in brackets at the start, its words, its unit, and the words that name a cylinder. Words are
 * in lower case, once uncut and once cut where a capital letter follows a small one. Without regular expressions, which start
 * slowly: a log may have some hundred headers.
 */
public final class HeaderName {
    static final Set<String> FRONT_WORDS = Set.of("front", "f", "1", "lc1");
    static final Set<String> REAR_WORDS = Set.of("rear", "r", "2", "lc2");

    private static final Set<String> NAMES_AS_WELL_AS_UNITS = Set.of("rpm", "afr", "lambda", "hp");
    private static final Set<String> TEMPERATURES =
            Set.of("temp", "temps", "temperature", "iat", "mat", "act", "ect", "clt", "cht", "egt", "coolant", "air");

    /** Texts that name an AFR or a wideband. */
    private static final List<String> CALLED_AFR =
            List.of("afr", "a/f", "air/fuel", "air fuel", "equivalence ratio", "eq ratio", "wideband");

    private final String header;
    private final String normal;
    private final List<String> source;
    private final List<String> cut;
    private final List<List<String>> forms;
    private final Set<String> allWords;
    private final String unitText;
    private final @Nullable LogUnit unit;

    private HeaderName(String header, List<String> source, String name, String unitText, @Nullable LogUnit unit) {
        this.header = header;
        this.normal = ReplayColumns.normalise(header);
        this.source = source;
        this.unitText = unitText;
        this.unit = unit;
        String spelled = withWordForAirFuel(name);
        cut = words(spelled, true);
        List<String> uncut = words(spelled, false);
        forms = uncut.equals(cut) ? List.of(uncut) : List.of(uncut, cut);
        allWords = new LinkedHashSet<>(source);
        for (List<String> words : forms) {
            allWords.addAll(words);
        }
    }

    /** @param header as in the log, unquoted */
    public static HeaderName of(String header) {
        return of(header, "");
    }

    /**
     * @param header as in the log, unquoted
     * @param unitBelow the cell of the units row below the header, or an empty text; a unit in the header counts more
     */
    public static HeaderName of(String header, String unitBelow) {
        String name = header.strip();
        List<String> source = List.of();
        int sourceEnd = sourceEnd(name);
        if (sourceEnd > 0) {
            source = words(name.substring(1, sourceEnd), false);
            name = trimmedFrom(name, sourceEnd + 1);
        }
        String unit = unitAtEnd(name);
        if (!unit.isEmpty()) {
            name = withoutUnit(name, unit);
        } else {
            unit = isRate(name) ? "rpm/s" : LogUnit.withoutBrackets(unitBelow);
        }
        LogUnit known = LogUnit.of(unit);
        return new HeaderName(header, source, name, known == null ? "" : unit, known);
    }

    private static boolean isRate(String name) {
        return LogUnit.of(name) == LogUnit.RPM_PER_SECOND;
    }

    /** Returns the unit in brackets or behind the last space or underscore, or an empty text. */
    private static String unitAtEnd(String name) {
        int bracket = lastBracket(name);
        if (bracket > 0) {
            String text = name.substring(bracket + 1, name.length() - 1).strip();
            return LogUnit.of(text) == null ? "" : text;
        }
        int last = lastGap(name, name.length());
        if (last < 1) {
            return "";
        }
        int beforeLast = lastGap(name, last);
        String two = name.substring(beforeLast + 1).replace('_', ' ').strip();
        if (beforeLast > 0 && two.indexOf(' ') > 0 && LogUnit.of(two) != null) {
            return two;
        }
        String one = name.substring(last + 1);
        LogUnit unit = LogUnit.of(one);
        if (unit == null || NAMES_AS_WELL_AS_UNITS.contains(one.toLowerCase(Locale.ROOT))) {
            return "";
        }
        boolean letterOfTemperature = one.length() == 1 && unit.quantity() == LogUnit.Quantity.TEMPERATURE;
        return letterOfTemperature && Collections.disjoint(words(name.substring(0, last), false), TEMPERATURES)
                ? ""
                : one;
    }

    private static int lastGap(String name, int before) {
        return Math.max(name.lastIndexOf(' ', before - 1), name.lastIndexOf('_', before - 1));
    }

    private static String withoutUnit(String name, String unit) {
        int bracket = lastBracket(name);
        return name.substring(0, bracket > 0 ? bracket : name.length() - unit.length());
    }

    /** Returns the index of the bracket that closes a source at the start of a longer header, or -1. */
    private static int sourceEnd(String header) {
        if (header.isEmpty() || !isOpening(header.charAt(0))) {
            return -1;
        }
        int end = 1;
        while (end < header.length() && !isClosing(header.charAt(end))) {
            end++;
        }
        return trimmedFrom(header, end + 1).isEmpty() ? -1 : end;
    }

    private static String trimmedFrom(String text, int from) {
        return from >= text.length() ? "" : AsciiText.trim(text.substring(from));
    }

    /** Returns the index of the bracket that opens the end of a header after a name, or -1. */
    private static int lastBracket(String header) {
        int end = header.length() - 1;
        if (end < 0 || !isClosing(header.charAt(end))) {
            return -1;
        }
        int at = end - 1;
        while (at >= 0 && !isOpening(header.charAt(at)) && !isClosing(header.charAt(at))) {
            at--;
        }
        boolean opens = at > 0 && isOpening(header.charAt(at));
        return opens && !AsciiText.trim(header.substring(0, at)).isEmpty() ? at : -1;
    }

    private static boolean isOpening(char c) {
        return c == '(' || c == '[';
    }

    private static boolean isClosing(char c) {
        return c == ')' || c == ']';
    }

    /** Replaces the word {@code A/F} by {@code af}. */
    private static String withWordForAirFuel(String name) {
        int slash = name.indexOf('/');
        String text = name;
        while (slash >= 0) {
            boolean word = slash > 0
                    && slash + 1 < text.length()
                    && (text.charAt(slash - 1) | 0x20) == 'a'
                    && (text.charAt(slash + 1) | 0x20) == 'f'
                    && !isLetterOrDigitAt(text, slash - 2)
                    && !isLetterOrDigitAt(text, slash + 2);
            if (word) {
                text = text.substring(0, slash) + text.substring(slash + 1);
            }
            slash = text.indexOf('/', slash + 1);
        }
        return text;
    }

    private static boolean isLetterOrDigitAt(String text, int at) {
        return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }

    /** @param cuts whether a word ends where a capital letter follows a small one */
    private static List<String> words(String text, boolean cuts) {
        List<String> words = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inWord = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
            boolean ends = from >= 0 && (!inWord || cuts && isCapitalAfterSmall(text, i));
            if (ends) {
                addWord(words, text.substring(from, i).toLowerCase(Locale.ROOT));
                from = -1;
            }
            if (inWord && from < 0) {
                from = i;
            }
        }
        return words;
    }

    private static boolean isCapitalAfterSmall(String text, int at) {
        return Character.getType(text.charAt(at)) == Character.UPPERCASE_LETTER
                && Character.getType(text.charAt(at - 1)) == Character.LOWERCASE_LETTER;
    }

    /** Adds a word; the cylinder's number at the end of AFR or lambda is a word of its own. */
    private static void addWord(List<String> words, String word) {
        String mixture = word.startsWith("afr") ? "afr" : word.startsWith("lambda") ? "lambda" : "";
        String rest = word.substring(mixture.length());
        if (!mixture.isEmpty() && (rest.equals("1") || rest.equals("2"))) {
            words.add(mixture);
            words.add(rest);
        } else {
            words.add(word);
        }
    }

    /** Returns the header as in the log. */
    public String header() {
        return header;
    }

    /** Returns the header trimmed, in lower case and with spaces for underscores. */
    String normal() {
        return normal;
    }

    /** Whether the header is one of an AFR or a wideband, so that its column may hold lambda too. */
    public boolean isCalledAfr() {
        return ReplayColumns.containsAny(normal, CALLED_AFR) || namesWideband();
    }

    boolean namesWideband() {
        for (String word : cut) {
            if (word.startsWith("wb")) {
                return true;
            }
        }
        return false;
    }

    /** Returns the unit that the header or the units row states, or null. */
    public @Nullable LogUnit unit() {
        return unit;
    }

    /** Returns the unit as it is written, or an empty text. */
    public String unitText() {
        return unitText;
    }

    List<String> source() {
        return source;
    }

    /** Returns the words in both forms; one form where they are equal. */
    List<List<String>> forms() {
        return forms;
    }

    List<String> words() {
        return cut;
    }

    /** Returns every word of the source and of the name, in both forms. */
    Set<String> allWords() {
        return allWords;
    }

    /** Whether the last word, apart from those of a cylinder, is AFR or lambda. */
    boolean endsInMixture() {
        for (int i = cut.size() - 1; i >= 0; i--) {
            String word = cut.get(i);
            if (!FRONT_WORDS.contains(word) && !REAR_WORDS.contains(word)) {
                return word.equals("afr") || word.equals("lambda");
            }
        }
        return false;
    }

    /**
     * Returns the header's words that name a cylinder. A number is one where it ends the header as 2, or where another header
     * differs from this one in nothing else.
     */
    Map<Cylinder, Set<String>> cylinders(Set<List<String>> allHeaders) {
        Map<Cylinder, Set<String>> cylinders = new EnumMap<>(Cylinder.class);
        for (int i = 0; i < cut.size(); i++) {
            String word = cut.get(i);
            boolean number = word.equals("1") || word.equals("2");
            if (number && !isOfPair(i, allHeaders)) {
                continue;
            }
            if (FRONT_WORDS.contains(word)) {
                cylinders.computeIfAbsent(Cylinder.FRONT, c -> new HashSet<>()).add(word);
            }
            if (REAR_WORDS.contains(word)) {
                cylinders.computeIfAbsent(Cylinder.REAR, c -> new HashSet<>()).add(word);
            }
        }
        return cylinders;
    }

    private boolean isOfPair(int number, Set<List<String>> allHeaders) {
        if (cut.get(number).equals("2") && number == cut.size() - 1) {
            return true;
        }
        List<String> other = new ArrayList<>(cut);
        other.set(number, cut.get(number).equals("1") ? "2" : "1");
        return allHeaders.contains(other);
    }
}
