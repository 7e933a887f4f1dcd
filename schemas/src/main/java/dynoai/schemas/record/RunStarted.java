package dynoai.schemas.record;

import dynoai.schemas.log.LogDescription;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import java.util.Map;

/**
 * The start of a run: its log, how the log is read, and the options.
 *
 * @param originalPath where the log was dropped, relative to the drop folder
 * @param sha256 of the log's bytes, in hexadecimal digits; its name in the log store
 * @param options every option that has a value, defaults included, as of {@link AnalysisOptions#toTexts}
 * @param optionFiles sha256 of each file that an option names, by the option's key
 * @param ingestedAtMillis when the log was claimed
 * @param signature of the attempt, as of {@link RunSigner}; empty in records of versions before 1.1
 * @param storeId id of the store that has the log; empty in records of versions before 1.1
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
        long ingestedAtMillis,
        String signature,
        String storeId) {

    public AnalysisOptions analysisOptions() throws InvalidOptionException {
        return AnalysisOptions.of(options);
    }

    RunStarted sentFrom(String store, String signed) {
        return new RunStarted(
                runId,
                shop,
                cell,
                fileName,
                originalPath,
                sha256,
                sizeBytes,
                description,
                options,
                optionFiles,
                ingestedAtMillis,
                signed,
                store);
    }
}
