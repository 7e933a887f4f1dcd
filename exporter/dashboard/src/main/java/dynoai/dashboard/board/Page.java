package dynoai.dashboard.board;

import java.util.List;

/**
 * A page of runs, newest first.
 *
 * @param total how many match
 */
public record Page(List<RunLine> runs, long total) {}
