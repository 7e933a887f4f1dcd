package dynoai.engine.session;

import java.util.List;

/**
 * The runs of a bike from one beginning to the next.
 *
 * @param id the id of its first run; empty before there is one
 * @param begunMillis when it was begun by a mark, else the start of its first run
 * @param runs oldest first
 * @param current whether the bike has no later session
 */
public record Session(Place place, String id, long begunMillis, List<SessionRun> runs, boolean current) {
    /** Returns the start of the latest run; the beginning of a session without one. */
    public long latestMillis() {
        return runs.isEmpty() ? begunMillis : runs.get(runs.size() - 1).startedMillis();
    }

    public boolean holds(String runId) {
        return runs.stream().anyMatch(run -> run.runId().equals(runId));
    }
}
