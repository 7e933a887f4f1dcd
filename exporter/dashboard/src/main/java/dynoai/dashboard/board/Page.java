package dynoai.dashboard.board;

import java.util.List;

/**
 * A page of runs, newest first.
 *
 * @param total how many runs match the query
 */
public record Page(List<RunLine> runs, long total) {}
