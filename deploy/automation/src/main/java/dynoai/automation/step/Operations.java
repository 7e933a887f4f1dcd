package dynoai.automation.step;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the command line, as the ready-made steps call them. Each gives a small JSON result: status, paths of
 * what was written and the few numbers that later steps decide on, never a table.
 */
public interface Operations {
    /** Analyses one log into a run folder. */
    Result analyze(Path csv, @Nullable Path outdir, Map<String, String> options) throws Exception;

    /** Checks one log without analysing it. */
    Result preflight(Path csv, Map<String, String> options) throws Exception;

    /** Checks the hashes of a run folder. */
    Result verify(Path runFolder) throws Exception;

    /** Compares two run folders or manifests; a difference is part of the result, not a failure. */
    Result compare(Path left, Path right, @Nullable Path html) throws Exception;

    Result veApply(VeApplication request) throws Exception;

    Result veRollback(Path current, Path metadata, Path output, boolean dryRun) throws Exception;

    /** The largest |cell| of a delta table. */
    Result maxCorrection(Path table) throws Exception;

    /** One run as an HTML page. */
    Result summary(Path runFolder, Path output) throws Exception;

    /**
     * The runs between two days, both included, as an HTML page.
     *
     * @param drop drop root whose rejected logs are listed
     */
    Result report(Path runs, @Nullable LocalDate from, @Nullable LocalDate to, @Nullable Path drop, Path output)
            throws Exception;

    /** Analyses the log of a run folder again, or a log twice, and compares. */
    Result determinism(Path logOrRuns, Map<String, String> options) throws Exception;

    /** Analyses many logs, each into its own folder under {@code outdir}. */
    Result batch(List<Path> logs, Path outdir, Map<String, String> options) throws Exception;

    /** What {@code ve apply} is told. */
    record VeApplication(
            Path base,
            Path factor,
            Path output,
            @Nullable Path metadata,
            double maxAdjustPercent,
            boolean allowLargeAdjustment,
            boolean acceptInvertedSign,
            boolean dryRun) {}
}
