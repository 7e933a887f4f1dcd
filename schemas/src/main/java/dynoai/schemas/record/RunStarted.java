package dynoai.schemas.record;

import dynoai.schemas.log.LogDescription;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import java.util.Map;

/**
 * Which log a run analyses, how it was read and with which options.
 *
 * @param originalPath where the log was dropped, relative to the drop root
 * @param sha256 of the log's bytes, lower case hex; its name in the log store
 * @param options every option that is set, defaults filled in, as {@link AnalysisOptions#toTexts} gives them
 * @param optionFiles sha256 of each file that an option names, by the option's key
 * @param ingestedAtMillis when the log was claimed, in milliseconds since 1970
 */
public record RunStarted(
        String runId,
        String shop,
        String cell,
        String fileName,
        String originalPath,
        String sha256,
        long sizeBytes,
        LogDescription description,
        Map<String, String> options,
        Map<String, String> optionFiles,
        long ingestedAtMillis) {

    public AnalysisOptions analysisOptions() throws InvalidOptionException {
        return AnalysisOptions.of(options);
    }
}
