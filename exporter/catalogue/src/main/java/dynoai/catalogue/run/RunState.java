package dynoai.catalogue.run;

import java.util.Locale;

/** The state of a run or log, in order of progress. */
public enum RunState {
    /** The file is left in the drop folder, and is not a log there. */
    LEFT,
    /** The log cannot be claimed yet. */
    WAITING,
    /** The log was claimed and is being read. */
    READING,
    /** The rows are on the run log; the analyzer folds them. */
    FOLDING,
    /** The analyzer has published the grids; the exporter writes the run folder. */
    WRITING,
    /** An earlier run had the same bytes and the same options. */
    DUPLICATE,
    /** The log was rejected. */
    REJECTED,
    /** The run failed. */
    FAILED,
    /** The run folder is published. */
    DONE;

    /** Whether the run has not ended. */
    public boolean isInFlight() {
        return this != LEFT && compareTo(DUPLICATE) < 0;
    }

    /** The name in the API. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
