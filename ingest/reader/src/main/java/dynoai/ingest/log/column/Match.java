package dynoai.ingest.log.column;

import dynoai.schemas.grid.Cylinder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well a header fits a channel. Matches are ordered from the best to the worst.
 *
 * @param cylinder whose word the header has, or null
 * @param pass how the header and the name agree
 * @param name position of the name in its list, from 0; in the pass over contained strong names 0 with a cylinder's word, else 1
 * @param emptyWords words of the header that say nothing about the channel; 0 in the passes that do not go by them
 */
record Match(int column, String header, @Nullable Cylinder cylinder, Pass pass, int name, int emptyWords)
        implements Comparable<Match> {
    /** The passes over names and headers, in order. */
    enum Pass {
        EQUAL_STRONG_WITH_SOURCE("equals a strong name and its source"),
        EQUAL_STRONG("equals a strong name"),
        EQUAL_WEAK_WITH_SOURCE("equals a weak name and its source"),
        EQUAL_WEAK("equals a weak name"),
        CONTAINS_STRONG("contains a strong name"),
        CONTAINS_WEAK("contains a weak name"),
        EQUAL_LAST("equals a name that counts after all others");

        static final List<Pass> ALL = List.of(values());

        private final String title;

        Pass(String title) {
            this.title = title;
        }

        boolean isStrong() {
            return this == EQUAL_STRONG_WITH_SOURCE || this == EQUAL_STRONG || this == CONTAINS_STRONG;
        }

        boolean isWithSource() {
            return this == EQUAL_STRONG_WITH_SOURCE || this == EQUAL_WEAK_WITH_SOURCE;
        }

        boolean isContaining() {
            return this == CONTAINS_STRONG || this == CONTAINS_WEAK;
        }
    }

    /** Compares all but the position in the file; a stable sort keeps the file's order between equally good matches. */
    @Override
    public int compareTo(Match other) {
        if (pass != other.pass) {
            return pass.compareTo(other.pass);
        }
        return name != other.name ? Integer.compare(name, other.name) : Integer.compare(emptyWords, other.emptyWords);
    }

    @Override
    public String toString() {
        return "'" + header + "' " + pass.title + " (name " + (name + 1) + ", " + emptyWords
                + " words that say nothing)";
    }
}
