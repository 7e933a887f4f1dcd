package dynoai.engine;

import dynoai.schemas.option.AnalysisOptions;
import java.nio.file.Path;

/**
 * A log to analyse.
 *
 * @param target place of the run folder
 * @param threads number of threads for parsing, 1 or 2; the files of the run do not depend on it
 */
public record RunRequest(Path log, AnalysisOptions options, RunTarget target, int threads) {
    public RunRequest {
        if (threads < 1) {
            throw new IllegalArgumentException("an analysis needs at least one thread, not " + threads);
        }
    }
}
