package dynoai.engine;

import dynoai.analyzer.run.RunAggregate;
import dynoai.ingest.log.ByteObserver;
import dynoai.ingest.log.LogPlan;
import dynoai.ingest.log.LogReader;
import dynoai.ingest.log.LogSource;
import dynoai.ingest.log.ReadTotals;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A log that was read to its end: how it was read, and what its rows add up to. */
record FoldedLog(LogDescription description, RunGrids grids, ReadTotals totals) {

    /** @param observer sees every byte of the log in order; null when nobody needs them */
    static FoldedLog of(LogSource source, AnalysisOptions options, int threads, @Nullable ByteObserver observer)
            throws LogRejectedException, IOException {
        LogPlan plan = LogReader.plan(source, options);
        return of(source, plan, options, threads, observer);
    }

    static FoldedLog of(
            LogSource source, LogPlan plan, AnalysisOptions options, int threads, @Nullable ByteObserver observer)
            throws LogRejectedException, IOException {
        try (RunAggregate aggregate = new RunAggregate(plan.description(), options)) {
            ReadTotals totals = LogReader.readValues(source, plan, threads, observer, aggregate::fold);
            return new FoldedLog(plan.description(), aggregate.grids(totals.rowsRead(), totals.unreadable()), totals);
        }
    }
}
