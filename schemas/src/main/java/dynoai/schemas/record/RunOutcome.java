package dynoai.schemas.record;

import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.run.FailureCode;
import java.util.Optional;

/** The analysis outcome of a run: its grids or its failure. */
public sealed interface RunOutcome {
    RunKey key();

    int attempt();

    record Completed(RunKey key, int attempt, RunStarted started, RunGrids grids) implements RunOutcome {}

    /**
     * @param started empty if the run failed before its start was read
     * @param partition of the run log
     * @param offset of the record that failed the run
     */
    record Failed(
            RunKey key,
            int attempt,
            Optional<RunStarted> started,
            FailureCode code,
            String message,
            int partition,
            long offset)
            implements RunOutcome {}
}
