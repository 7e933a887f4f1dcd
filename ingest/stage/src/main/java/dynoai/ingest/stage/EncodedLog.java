package dynoai.ingest.stage;

import dynoai.ingest.folder.Claim;
import dynoai.ingest.log.LogPlan;
import dynoai.ingest.log.LogReader;
import dynoai.ingest.log.LogSource;
import dynoai.ingest.log.ReadTotals;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.wire.RunLogEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A log decoded and checked once, before anything of it is sent. A log of usual length is kept encoded, so that it is read
 * only once; of a long one nothing is kept, and it is read again while it is sent.
 */
final class EncodedLog {
    private static final long KEPT_BYTES = 16L << 20;
    private static final long MANY_BYTES = 32L << 20;

    private final Claim claim;
    private final int attempt;
    private final LogPlan plan;
    private final List<byte[]> records = new ArrayList<>();
    private long keptBytes;
    private boolean kept = true;

    private EncodedLog(Claim claim, LogPlan plan) {
        this.claim = claim;
        this.attempt = claim.attempt() + 1;
        this.plan = plan;
    }

    /** Takes the records of one attempt in order. */
    interface RecordSink {
        /**
         * @param rows rows in this record
         * @param last whether the run is complete with it
         */
        void record(byte[] encoded, int rows, boolean last) throws IOException;
    }

    static EncodedLog of(Claim claim, Path bytes) throws LogRejectedException, IOException {
        LogSource source = new Named(claim.name(), LogSource.of(bytes));
        EncodedLog log = new EncodedLog(claim, LogReader.plan(source, claim.options()));
        log.encode(source, log::keep);
        return log;
    }

    private void keep(byte[] record, int rows, boolean last) {
        keptBytes += record.length;
        if (keptBytes > KEPT_BYTES) {
            kept = false;
            records.clear();
        } else {
            records.add(record);
        }
    }

    int attempt() {
        return attempt;
    }

    LogPlan plan() {
        return plan;
    }

    /** @param bytes the log's copy in the store */
    void writeTo(RecordSink sink, Path bytes) throws LogRejectedException, IOException {
        if (!kept) {
            encode(new Named(claim.name(), LogSource.of(bytes)), sink);
            return;
        }
        for (int i = 0; i < records.size(); i++) {
            sink.record(records.get(i), 0, i == records.size() - 1);
        }
    }

    private void encode(LogSource source, RecordSink sink) throws LogRejectedException, IOException {
        RunLogEncoder encoder = new RunLogEncoder(attempt);
        sink.record(encoder.started(started()), 0, false);
        int threads = claim.size() > MANY_BYTES ? 2 : 1;
        ReadTotals totals = LogReader.read(
                source, plan, threads, null, block -> sink.record(encoder.block(block), block.count(), false));
        sink.record(encoder.ended(totals.rowsRead(), totals.unreadable(), claim.sha256()), 0, true);
    }

    private RunStarted started() {
        return new RunStarted(
                claim.runId(),
                claim.shop(),
                claim.cell(),
                claim.name(),
                claim.original(),
                claim.sha256(),
                claim.size(),
                plan.description(),
                claim.options().toTexts(),
                claim.optionFiles(),
                claim.claimedAt().toEpochMilli());
    }

    /** Bytes under the name the tuner knows. */
    private record Named(String name, LogSource bytes) implements LogSource {
        @Override
        public Bytes open() throws IOException {
            return bytes.open();
        }
    }
}
