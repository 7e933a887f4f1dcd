package dynoai.bench.pipeline;

import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.ingest.log.LogPlan;
import dynoai.ingest.log.LogReader;
import dynoai.ingest.log.ReadTotals;
import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.wire.RunLogEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A sample log read once: blocks in memory and their records. */
record EncodedRun(long logBytes, LogPlan plan, List<RowBlock> blocks, ReadTotals totals) {
    private static final String SHA = "0".repeat(64);

    static EncodedRun ofSample(SampleProfile.Flavour flavour, int rows) throws IOException, LogRejectedException {
        byte[] log = SampleLogs.bytes(SampleProfile.healthy(flavour, 1), rows);
        LogSource source = LogSource.of("sample.csv", log);
        LogPlan plan = LogReader.plan(source, AnalysisOptions.defaults());
        List<RowBlock> blocks = new ArrayList<>();
        ReadTotals totals = LogReader.read(source, plan, 1, null, blocks::add);
        return new EncodedRun(log.length, plan, blocks, totals);
    }

    long rows() {
        return totals.rowsRead() - totals.unreadable();
    }

    byte[] started(RunKey key, RunLogEncoder encoder) {
        return encoder.started(new RunStarted(
                key.runId(),
                key.shop(),
                "default",
                "sample.csv",
                "sample.csv",
                SHA,
                logBytes,
                plan.description(),
                AnalysisOptions.defaults().toTexts(),
                Map.of(),
                System.currentTimeMillis(),
                "",
                ""));
    }

    /** Returns the blocks as records of the run log. */
    List<byte[]> blockRecords() {
        RunLogEncoder encoder = new RunLogEncoder(1);
        List<byte[]> records = new ArrayList<>();
        for (RowBlock block : blocks) {
            records.add(encoder.block(block));
        }
        return records;
    }

    byte[] ended(RunLogEncoder encoder) {
        return encoder.ended(totals.rowsRead(), totals.unreadable(), SHA);
    }
}
