package dynoai.bench;

import dynoai.analyzer.run.RunAggregate;
import dynoai.ingest.log.LogPlan;
import dynoai.ingest.log.LogReader;
import dynoai.ingest.log.ReadTotals;
import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.option.AnalysisOptions;
import java.nio.file.Path;

/** Reader, gates and fold of the engine, including battery correlation and timeline, which the others do not compute. */
record EngineFold(int threads) implements Contender {
    @Override
    public String name() {
        return ENGINE;
    }

    @Override
    public String title() {
        return "DynoAI";
    }

    @Override
    public BenchResult run(Path log) throws Exception {
        AnalysisOptions options = AnalysisOptions.defaults();
        LogSource source = LogSource.of(log);
        LogPlan plan = LogReader.plan(source, options);
        RunAggregate aggregate = new RunAggregate(plan.description(), options);
        ReadTotals totals = LogReader.readValues(source, plan, threads, null, aggregate::fold);
        return BenchResult.of(aggregate.grids(totals.rowsRead(), totals.unreadable()));
    }
}
