package dynoai.ingest.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Finds columns by their header. Of columns with the same header, the last one is read. */
final class ColumnSearch {
    private record Header(String normal, int column) {}

    private final List<Header> headers = new ArrayList<>();

    ColumnSearch(List<String> columns) {
        Map<String, Integer> last = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            last.put(columns.get(i), i);
        }
        last.forEach((header, column) -> headers.add(new Header(normalise(header), column)));
    }

    static String normalise(String header) {
        return AsciiText.trim(header).toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Returns the first column that matches the names, or -1. */
    int first(ColumnNames names, Set<Integer> taken) {
        List<Integer> all = all(names, taken);
        return all.isEmpty() ? -1 : all.get(0);
    }

    /**
     * Returns every column that matches the names, in the order of four passes: equal to a strong name, equal to a weak one,
     * containing a strong one, containing a weak one; each over the names, then over the headers in file order.
     */
    List<Integer> all(ColumnNames names, Set<Integer> taken) {
        Set<Integer> found = new LinkedHashSet<>();
        for (boolean whole : new boolean[] {true, false}) {
            for (List<String> wanted : List.of(names.strong(), names.weak())) {
                for (String name : wanted) {
                    for (Header header : headers) {
                        boolean matches = whole ? header.normal.equals(name) : header.normal.contains(name);
                        if (matches && !taken.contains(header.column) && !containsAny(header.normal, names.never())) {
                            found.add(header.column);
                        }
                    }
                }
            }
        }
        return new ArrayList<>(found);
    }

    /** Returns the columns whose normalised header is accepted, in file order. */
    List<Integer> where(Predicate<String> accepted) {
        List<Integer> found = new ArrayList<>();
        for (Header header : headers) {
            if (accepted.test(header.normal)) {
                found.add(header.column);
            }
        }
        return found;
    }

    static boolean containsAny(String text, List<String> words) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
