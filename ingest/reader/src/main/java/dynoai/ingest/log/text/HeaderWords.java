package dynoai.ingest.log.text;

import java.util.List;

/** What the search for the header line knows about names. */
@FunctionalInterface
public interface HeaderWords {
    /** Returns the indexes of the cells that name engine speed. */
    List<Integer> engineSpeed(List<String> cells);
}
