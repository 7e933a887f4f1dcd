package dynoai.ingest.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A header taken apart by the rules of the specification: source, words and unit.
 *
 * @param uncut runs of letters and digits in lower case; cylinder words are {@code front} and {@code rear} in all spellings
 * @param cut the same, cut at a change from a small to a capital letter too
 * @param raw like {@code cut}, with the cylinder words as they stand in the header
 * @param unit the unit's name in {@link #UNITS}; null if the header states none
 * @param unitText the unit as it stands in the header
 */
record ReferenceHeader(
        List<String> source,
        List<String> uncut,
        List<String> cut,
        List<String> raw,
        @Nullable String unit,
        String unitText) {
    private static final Pattern SOURCE = Pattern.compile("^\\s*\\(([^()]*)\\)(.*)$", Pattern.DOTALL);
    private static final Pattern BRACKETS =
            Pattern.compile("^(.*)(?:\\(([^()]*)\\)|\\[([^\\[\\]]*)\\])\\s*$", Pattern.DOTALL);
    private static final List<String> NAMES_AFTER_SPACE = List.of("rpm", "afr", "lambda", "hp");
    private static final Pattern TEMPERATURE =
            Pattern.compile(".*\\b(?:iat|mat|ect|clt|cht|egt|temp|temperature|coolant|intake air)\\.?$");
    private static final Map<String, String> UNITS = new HashMap<>();

    static {
        units("rpm", "rpm", "1/min");
        units("krpm", "krpm");
        units("kPa", "kpa", "kpa abs");
        units("bar", "bar");
        units("mbar", "mbar", "hpa");
        units("psi", "psi", "psia");
        units("inHg", "inhg", "in hg");
        units("mmHg", "mmhg");
        units("ft-lb", "ft-lb", "ft-lbs", "lb-ft");
        units("Nm", "nm", "n·m");
        units("hp", "hp");
        units("kW", "kw");
        units("PS", "ps", "cv");
        units("AFR", "afr", ":1");
        units("lambda", "lambda", "λ");
        units("phi", "φ");
        units("C", "°c", "c", "*c", "degc", "deg c", "celsius");
        units("F", "°f", "f", "degf");
        units("%", "%");
        units("°", "°");
        units("V", "v", "volts");
        units("s", "s", "sec");
        units("ms", "ms", "msec");
    }

    private static void units(String name, String... spellings) {
        for (String spelling : spellings) {
            UNITS.put(spelling, name);
        }
    }

    static @Nullable String unitOf(String text) {
        return UNITS.get(ReferenceText.trim(text).toLowerCase(Locale.ROOT));
    }

    static ReferenceHeader of(String text) {
        List<String> source = List.of();
        String rest = ReferenceText.trim(text);
        Matcher atStart = SOURCE.matcher(rest);
        if (atStart.matches() && !words(atStart.group(2), false).isEmpty()) {
            source = words(atStart.group(1), false);
            rest = ReferenceText.trim(atStart.group(2));
        }
        String unit = null;
        String unitText = "";
        Matcher atEnd = BRACKETS.matcher(rest);
        if (atEnd.matches()) {
            String inside = atEnd.group(2) == null ? atEnd.group(3) : atEnd.group(2);
            unit = unitOf(inside);
            if (unit != null) {
                unitText = ReferenceText.trim(inside);
                rest = atEnd.group(1);
            }
        } else {
            for (int i = 1; i < rest.length() && unit == null; i++) {
                if (rest.charAt(i) == ' ' || rest.charAt(i) == '_') {
                    String behind = rest.substring(i + 1).replace('_', ' ');
                    String before = rest.substring(0, i);
                    if (isUnitBehind(before, behind)) {
                        unit = unitOf(behind);
                        unitText = ReferenceText.trim(behind);
                        rest = before;
                    }
                }
            }
        }
        List<String> uncut = words(rest, false);
        List<String> cut = words(rest, true);
        return new ReferenceHeader(source, sides(uncut), sides(cut), cut, unit, unitText);
    }

    private static boolean isUnitBehind(String before, String behind) {
        String lower = behind.toLowerCase(Locale.ROOT);
        if (unitOf(lower) == null
                || NAMES_AFTER_SPACE.contains(lower.trim())
                || words(before, false).isEmpty()) {
            return false;
        }
        boolean letter = lower.trim().equals("c") || lower.trim().equals("f");
        return !letter
                || TEMPERATURE.matcher(String.join(" ", words(before, true))).matches();
    }

    private static List<String> words(String text, boolean cut) {
        String spread = text.replaceAll("(?i)(?<![\\p{L}\\p{N}])a/f(?![\\p{L}\\p{N}])", "af");
        List<String> words = new ArrayList<>();
        for (String run : spread.split("[^\\p{L}\\p{N}]+")) {
            for (String word : cut ? run.split("(?<=\\p{Ll})(?=\\p{Lu})") : new String[] {run}) {
                String lower = word.toLowerCase(Locale.ROOT);
                if (lower.matches(".*(?:afr|lambda)[12]")) {
                    words.add(lower.substring(0, lower.length() - 1));
                    words.add(lower.substring(lower.length() - 1));
                } else if (!lower.isEmpty()) {
                    words.add(lower);
                }
            }
        }
        return words;
    }

    private static List<String> sides(List<String> words) {
        List<String> sides = new ArrayList<>();
        for (String word : words) {
            sides.add(
                    List.of("f", "front", "lc1").contains(word)
                            ? "front"
                            : List.of("r", "rear", "lc2").contains(word) ? "rear" : word);
        }
        return sides;
    }

    /** Returns the header with a number of a pair as its cylinder's word. */
    ReferenceHeader withNumber(String number, String side) {
        UnaryOperator<String> named = word -> word.equals(number) ? side : word;
        return new ReferenceHeader(
                source,
                uncut.stream().map(named).toList(),
                cut.stream().map(named).toList(),
                raw,
                unit,
                unitText);
    }

    /** Both ways to cut the header into words. */
    List<List<String>> cuts() {
        return List.of(uncut, cut);
    }

    boolean isNamed(ReferenceHeader name) {
        return uncut.equals(name.uncut) || cut.equals(name.uncut);
    }

    /** Words besides those of the name, by the cut in which the fewest of them are left; null if the name is not contained. */
    @Nullable
    List<String> besides(ReferenceHeader name) {
        List<String> best = null;
        for (List<String> words : cuts()) {
            if (!words.containsAll(name.uncut)) {
                continue;
            }
            for (int i = 0; i + name.uncut.size() <= words.size(); i++) {
                if (words.subList(i, i + name.uncut.size()).equals(name.uncut)) {
                    List<String> others = new ArrayList<>(words.subList(0, i));
                    others.addAll(words.subList(i + name.uncut.size(), words.size()));
                    best = best == null || others.size() < best.size() ? others : best;
                }
            }
        }
        return best;
    }

    /** Whether a word of the header, or of its source, is one of these; a name that ends with {@code *} is a beginning. */
    boolean hasAny(String... names) {
        List<String> all = new ArrayList<>(source);
        all.addAll(uncut);
        all.addAll(cut);
        all.addAll(raw);
        if ("V".equals(unit)) {
            all.addAll(words(unitText, false));
        }
        return Arrays.stream(names).anyMatch(name -> all.stream().anyMatch(word -> matches(word, name)));
    }

    static boolean matches(String word, String name) {
        return name.endsWith("*") ? word.startsWith(name.substring(0, name.length() - 1)) : word.equals(name);
    }
}
