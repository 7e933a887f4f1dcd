package dynoai.ingest.log.column;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Words of headers that are not a channel; {@code *} stands for any end of a word. */
final class NeverWords {
    private final List<String> listed;
    private final Set<String> whole = new HashSet<>();
    private final List<String> beginnings = new ArrayList<>();

    NeverWords(List<String> listed) {
        this.listed = listed;
        for (String word : listed) {
            if (word.endsWith("*")) {
                beginnings.add(word.substring(0, word.length() - 1));
            } else {
                whole.add(word);
            }
        }
    }

    List<String> listed() {
        return listed;
    }

    boolean contains(String word) {
        if (whole.contains(word)) {
            return true;
        }
        for (String beginning : beginnings) {
            if (word.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return String.join(", ", listed);
    }
}
