package dynoai.catalogue.run;

import java.util.List;

/**
 * A page of runs, newest first.
 *
 * @param total how many runs match the query
 * @param exact whether no more than that match
 */
public record Page(List<RunLine> runs, long total, boolean exact) {}
