package dynoai.ingest.log.text;

import java.util.List;

/** What the search for the header line knows about names and units. */
public interface HeaderWords {
    /** Returns the indexes of the cells that name engine speed. */
    List<Integer> engineSpeed(List<String> cells);

    /** Whether so large a share of the cells are known units that they may be a units row. */
    boolean hasUnits(List<String> cells);
}
