package dynoai.dashboard.board;

import java.util.Locale;

/** How far a run has come, in order. */
public enum RunState {
    /** The log cannot be taken yet. */
    WAITING,
    /** The log was claimed and is being read. */
    READING,
    /** The rows are on the run log. */
    FOLDING,
    /** The grids are there, the run folder is not. */
    WRITING,
    /** The same log with the same options was a run before. */
    DUPLICATE,
    /** No run was made of the log. */
    REJECTED,
    /** The run ended without grids. */
    FAILED,
    /** The run folder is there. */
    DONE;

    /** Whether the run is under way. */
    public boolean isInFlight() {
        return compareTo(DUPLICATE) < 0;
    }

    /** As the API writes it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
