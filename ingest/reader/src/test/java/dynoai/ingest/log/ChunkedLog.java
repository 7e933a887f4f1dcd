package dynoai.ingest.log;

import dynoai.ingest.log.block.BlockSink;
import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import java.util.function.Function;

/** Reads a log in chunks of a chosen size, to prove that the size does not show in any result. */
public final class ChunkedLog {
    private ChunkedLog() {}

    /**
     * Reads a log to its end.
     *
     * @param sink takes the blocks of the plan that was made
     */
    public static ReadTotals read(
            LogSource source, AnalysisOptions options, int threads, int chunkBytes, Function<LogPlan, BlockSink> sink)
            throws LogRejectedException, IOException {
        LogPlan plan = LogReader.plan(source, options, chunkBytes);
        return LogReader.read(source, plan, threads, null, sink.apply(plan), chunkBytes);
    }
}
