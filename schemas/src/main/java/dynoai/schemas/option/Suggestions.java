package dynoai.schemas.option;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the names that a misspelt word may mean: the closest by edit distance, in which swapped letters are one edit. */
public final class Suggestions {
    private static final int MAX_NAMES = 3;
    private static final int LETTERS_PER_EDIT = 3;

    private Suggestions() {}

    /** Returns the closest names in their order; none if all are too different. */
    public static List<String> of(String typed, Collection<String> names) {
        List<String> all = List.copyOf(names);
        int[] edits = all.stream()
                .mapToInt(name -> isBeginning(typed, name) ? 1 : distance(typed, name))
                .toArray();
        int fewest = IntStream.of(edits).min().orElse(Integer.MAX_VALUE);
        if (fewest > Math.max(1, typed.length() / LETTERS_PER_EDIT)) {
            return List.of();
        }
        return IntStream.range(0, edits.length)
                .filter(i -> edits[i] == fewest)
                .mapToObj(all::get)
                .limit(MAX_NAMES)
                .toList();
    }

    private static boolean isBeginning(String typed, String name) {
        return typed.length() >= LETTERS_PER_EDIT && name.startsWith(typed);
    }

    /** Returns the number of letters to insert, delete, replace or swap with the next. */
    private static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : step(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int step(int[][] edits, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int fewest = Math.min(edits[i - 1][j - 1] + (same ? 0 : 1), Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(fewest, edits[i - 2][j - 2] + 1) : fewest;
    }
}
