package dynoai.engine;

import dynoai.analyzer.run.RunAggregate;
import dynoai.ingest.log.ByteObserver;
import dynoai.ingest.log.LogPlan;
import dynoai.ingest.log.LogReader;
import dynoai.ingest.log.ReadTotals;
import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A log that was read completely: its description and the sums of its rows. */
record FoldedLog(LogDescription description, RunGrids grids, ReadTotals totals) {

    /** Reads a file and checks that it does not change meanwhile. */
    static FoldedLog ofFile(Path log, AnalysisOptions options) throws LogRejectedException, IOException {
        LogFile file = LogFile.of(log);
        LogSource source = LogSource.of(log);
        FoldedLog folded = of(source, LogReader.plan(source, options), options, 2, null);
        file.checkUnchanged(folded.totals().bytes());
        return folded;
    }

    /** @param observer receives every byte of the log in order; null for none */
    static FoldedLog of(
            LogSource source, LogPlan plan, AnalysisOptions options, int threads, @Nullable ByteObserver observer)
            throws LogRejectedException, IOException {
        try (RunAggregate aggregate = new RunAggregate(plan.description(), options)) {
            ReadTotals totals = LogReader.readValues(source, plan, threads, observer, aggregate::fold);
            return new FoldedLog(plan.description(), aggregate.grids(totals.rowsRead(), totals.unreadable()), totals);
        }
    }
}
