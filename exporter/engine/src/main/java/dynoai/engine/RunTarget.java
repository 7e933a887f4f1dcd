package dynoai.engine;

import java.nio.file.Path;

/** Where a run folder goes. */
public sealed interface RunTarget {

    /** A folder of runs, in which the run gets one under its own name. */
    record Among(Path runs) implements RunTarget {}

    /** The run folder itself: made if missing, replaced as a whole if it holds an earlier run, refused otherwise. */
    record Exactly(Path folder) implements RunTarget {}

    /** {@code runs/{run_id}} below the given folder. */
    static RunTarget among(Path runs) {
        return new Among(runs);
    }

    static RunTarget exactly(Path folder) {
        return new Exactly(folder);
    }
}
