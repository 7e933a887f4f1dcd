package dynoai.engine;

import dynoai.schemas.option.AnalysisOptions;
import java.nio.file.Path;

/**
 * One log to analyse.
 *
 * @param log the log's file; it is only read
 * @param options how to analyse it
 * @param target where the run folder goes
 * @param threads 1 or 2: whether parsing may use a second thread; the bytes of the run do not depend on it
 */
public record RunRequest(Path log, AnalysisOptions options, RunTarget target, int threads) {
    public RunRequest {
        if (threads < 1) {
            throw new IllegalArgumentException("an analysis needs at least one thread, not " + threads);
        }
    }
}
