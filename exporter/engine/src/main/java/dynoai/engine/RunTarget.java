package dynoai.engine;

import java.nio.file.Path;

/** The place of a run folder. */
public sealed interface RunTarget {

    /** A folder of runs; the run folder is named after the run id. */
    record Among(Path runs) implements RunTarget {}

    /** The run folder itself. It is created, or replaced if it holds an earlier run. */
    record Exactly(Path folder) implements RunTarget {}

    /** Returns {@code {run_id}} in the given folder. */
    static RunTarget among(Path runs) {
        return new Among(runs);
    }

    static RunTarget exactly(Path folder) {
        return new Exactly(folder);
    }
}
