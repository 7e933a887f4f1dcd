package dynoai.ingest.log.column;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A name of a channel that headers are compared with, word by word. The word {@code @} stands for any word of the cylinder.
 *
 * @param source the words of a source in brackets at the start
 * @param words without a unit
 * @param key a word that every header with this name has: the first that is not the cylinder's
 * @param exact whether the name counts only for headers that equal it
 */
record NamePattern(List<String> source, List<String> words, String key, boolean exact) {
    private static final String CYLINDER = "@";

    static NamePattern of(String name) {
        List<String> words = new ArrayList<>();
        HeaderName header = HeaderName.of(name.replace(CYLINDER, "cylinder"));
        header.words().forEach(word -> words.add(word.equals("cylinder") ? CYLINDER : word));
        String key = words.get(words.get(0).equals(CYLINDER) ? 1 : 0);
        return new NamePattern(header.source(), List.copyOf(words), key, false);
    }

    static NamePattern exactly(String name) {
        NamePattern pattern = of(name);
        return new NamePattern(pattern.source, pattern.words, pattern.key, true);
    }

    boolean namesCylinder() {
        return words.contains(CYLINDER);
    }

    /** Returns the name with the cylinder's word before it and behind it. */
    List<NamePattern> withCylinder() {
        List<String> before = new ArrayList<>(List.of(CYLINDER));
        before.addAll(words);
        List<String> behind = new ArrayList<>(words);
        behind.add(CYLINDER);
        return List.of(new NamePattern(source, before, key, exact), new NamePattern(source, behind, key, exact));
    }

    /** @param cylinder words of the header that name the cylinder */
    boolean equals(List<String> header, Set<String> cylinder) {
        return header.size() == words.size() && isAt(header, 0, cylinder);
    }

    /** Whether a header contains the name. */
    boolean isIn(List<String> header, Set<String> cylinder) {
        for (int at = 0; !exact && at + words.size() <= header.size(); at++) {
            if (isAt(header, at, cylinder)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(List<String> header, int at, Set<String> cylinder) {
        for (int i = 0; i < words.size(); i++) {
            String word = header.get(at + i);
            boolean same = words.get(i).equals(CYLINDER)
                    ? cylinder.contains(word)
                    : words.get(i).equals(word);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        String text = String.join(" ", words);
        return source.isEmpty() ? text : "(" + String.join(" ", source) + ") " + text;
    }
}
