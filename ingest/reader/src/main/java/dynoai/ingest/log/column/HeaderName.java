package dynoai.ingest.log.column;

import dynoai.schemas.grid.Cylinder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A header taken apart: its source in brackets at the start, its words, its unit, and the words that name a cylinder. Words are
 * in lower case, once uncut and once cut where a capital letter follows a small one.
 */
public final class HeaderName {
    static final Set<String> FRONT_WORDS = Set.of("front", "f", "1", "lc1");
    static final Set<String> REAR_WORDS = Set.of("rear", "r", "2", "lc2");

    private static final Pattern SOURCE = Pattern.compile("^[(\\[]([^)\\]]*)[)\\]]\\s*(?=\\S)");
    private static final Pattern BRACKETED = Pattern.compile("^(.*\\S)\\s*[(\\[]([^(\\[)\\]]*)[)\\]]$");
    private static final Pattern NUMBERED = Pattern.compile("(afr|lambda)([12])");
    private static final Set<String> NAMES_AS_WELL_AS_UNITS = Set.of("rpm", "afr", "lambda", "hp");
    private static final Set<String> TEMPERATURES =
            Set.of("temp", "temps", "temperature", "iat", "mat", "act", "ect", "clt", "cht", "egt", "coolant", "air");

    private final String header;
    private final List<String> source;
    private final List<String> cut;
    private final List<List<String>> forms;
    private final Set<String> allWords;
    private final String unitText;
    private final @Nullable LogUnit unit;

    private HeaderName(String header, List<String> source, String name, String unitText, @Nullable LogUnit unit) {
        this.header = header;
        this.source = source;
        this.unitText = unitText;
        this.unit = unit;
        String spelled = name.replaceAll("(?i)(?<![a-z0-9])a/f(?![a-z0-9])", "af");
        List<String> uncut = words(spelled);
        cut = words(spelled.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " "));
        forms = uncut.equals(cut) ? List.of(uncut) : List.of(uncut, cut);
        allWords = new LinkedHashSet<>(source);
        forms.forEach(allWords::addAll);
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
        Matcher sourced = SOURCE.matcher(name);
        if (sourced.find()) {
            source = words(sourced.group(1));
            name = name.substring(sourced.end());
        }
        String unit = unitAtEnd(name);
        if (!unit.isEmpty()) {
            name = withoutUnit(name, unit);
        } else {
            unit = isRate(name) ? "rpm/s" : unitBelow.strip();
        }
        LogUnit known = LogUnit.of(unit);
        return new HeaderName(header, source, name, known == null ? "" : unit, known);
    }

    private static boolean isRate(String name) {
        return LogUnit.of(name) == LogUnit.RPM_PER_SECOND;
    }

    /** Returns the unit in brackets or behind the last space or underscore, or an empty text. */
    private static String unitAtEnd(String name) {
        Matcher bracketed = BRACKETED.matcher(name);
        if (bracketed.matches()) {
            String text = bracketed.group(2).strip();
            return LogUnit.of(text) == null ? "" : text;
        }
        int last = lastGap(name, name.length());
        if (last < 1) {
            return "";
        }
        int beforeLast = lastGap(name, last);
        String two = name.substring(beforeLast + 1).strip();
        if (beforeLast > 0 && two.indexOf(' ') > 0 && LogUnit.of(two) != null) {
            return two;
        }
        String one = name.substring(last + 1);
        LogUnit unit = LogUnit.of(one);
        if (unit == null || NAMES_AS_WELL_AS_UNITS.contains(one.toLowerCase(Locale.ROOT))) {
            return "";
        }
        boolean letterOfTemperature = one.length() == 1 && unit.quantity() == LogUnit.Quantity.TEMPERATURE;
        return letterOfTemperature && words(name.substring(0, last)).stream().noneMatch(TEMPERATURES::contains)
                ? ""
                : one;
    }

    private static int lastGap(String name, int before) {
        return Math.max(name.lastIndexOf(' ', before - 1), name.lastIndexOf('_', before - 1));
    }

    private static String withoutUnit(String name, String unit) {
        Matcher bracketed = BRACKETED.matcher(name);
        return bracketed.matches() ? bracketed.group(1) : name.substring(0, name.length() - unit.length());
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inWord = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
            if (inWord && from < 0) {
                from = i;
            } else if (!inWord && from >= 0) {
                addWord(words, text.substring(from, i).toLowerCase(Locale.ROOT));
                from = -1;
            }
        }
        return words;
    }

    private static void addWord(List<String> words, String word) {
        Matcher numbered = NUMBERED.matcher(word);
        if (numbered.matches()) {
            words.add(numbered.group(1));
            words.add(numbered.group(2));
        } else {
            words.add(word);
        }
    }

    /** Returns the header as in the log. */
    public String header() {
        return header;
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
     * Returns the cylinders whose words the header has. A number is a word like this where it ends the header as 2, or where
     * another header differs from this one in nothing else.
     */
    Set<Cylinder> cylinders(Set<List<String>> allHeaders) {
        Set<Cylinder> cylinders = EnumSet.noneOf(Cylinder.class);
        for (int i = 0; i < cut.size(); i++) {
            String word = cut.get(i);
            boolean number = word.equals("1") || word.equals("2");
            if (number && !isOfPair(i, allHeaders)) {
                continue;
            }
            if (FRONT_WORDS.contains(word)) {
                cylinders.add(Cylinder.FRONT);
            }
            if (REAR_WORDS.contains(word)) {
                cylinders.add(Cylinder.REAR);
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
