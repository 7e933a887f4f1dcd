package dynoai.ingest.stage;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.log.LogPlan;
import dynoai.ingest.log.LogReader;
import dynoai.ingest.log.ReadTotals;
import dynoai.ingest.log.block.BlockSink;
import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.Column;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.record.LogRow;
import dynoai.schemas.record.RunSigner;
import dynoai.schemas.record.RunStarted;
import dynoai.schemas.store.ContentStore;
import dynoai.schemas.wire.RunLogEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A log decoded and checked once, before any of it is sent, and encoded for the attempt of its claim. The records of a log of
 * usual length are kept, so that it is read only once; a long log is read again while it is sent.
 */
final class EncodedLog {
    private static final long MAX_KEPT_BYTES = 16L << 20;

    /** Above this size a log is read by two threads. */
    private static final long TWO_THREADS_BYTES = 32L << 20;

    private final Claim claim;
    private final LogPlan plan;
    private final RunSigner signer;
    private final long maxKeptBytes;
    private final List<byte[]> records = new ArrayList<>();
    private long keptBytes;
    private long rows;

    private EncodedLog(Claim claim, LogPlan plan, RunSigner signer, long maxKeptBytes) {
        this.claim = claim;
        this.plan = plan;
        this.signer = signer;
        this.maxKeptBytes = maxKeptBytes;
    }

    /** Takes the records of a run in order. */
    interface RecordSink {
        /** @param rows number of rows in a record that is encoded while it is sent; 0 for a kept one */
        void record(byte[] encoded, int rows) throws IOException;
    }

    /** @param claim with the attempt under which the log will be sent */
    static EncodedLog of(Claim claim, Path bytes, RunSigner signer, IngestEvents events)
            throws LogRejectedException, IOException {
        return of(claim, bytes, signer, events, MAX_KEPT_BYTES);
    }

    static EncodedLog of(Claim claim, Path bytes, RunSigner signer, IngestEvents events, long maxKeptBytes)
            throws LogRejectedException, IOException {
        LogSource source = LogSource.of(bytes).named(claim.name());
        EncodedLog log = new EncodedLog(claim, LogReader.plan(source, claim.options()), signer, maxKeptBytes);
        ReadingProgress progress = new ReadingProgress(claim, events, System::nanoTime);
        log.rows = log.encode(progress.counted(source), (record, count) -> {
            log.keep(record);
            progress.rows(count);
        });
        events.logCounted(claim, log.rows);
        return log;
    }

    private void keep(byte[] record) {
        keptBytes += record.length;
        if (keptBytes > maxKeptBytes) {
            records.clear();
        } else {
            records.add(record);
        }
    }

    Claim claim() {
        return claim;
    }

    long rows() {
        return rows;
    }

    /** @param store has the log */
    void writeTo(RecordSink sink, ContentStore store) throws IOException {
        if (records.isEmpty()) {
            try {
                encode(stored(store).named(claim.name()), sink);
            } catch (LogRejectedException e) {
                throw storeChanged(e);
            }
        }
        for (byte[] record : records) {
            sink.record(record, 0);
        }
    }

    /** Reads every row as a record of its own. */
    void readRows(ContentStore store, Consumer<LogRow> sink) throws IOException {
        long[] rows = {0};
        try {
            LogReader.read(stored(store), plan, 1, null, block -> {
                for (int row = 0; row < block.count(); row++) {
                    sink.accept(new LogRow(claim.attempt(), ++rows[0], cells(block, row)));
                }
            });
        } catch (LogRejectedException e) {
            throw storeChanged(e);
        }
    }

    private LogSource stored(ContentStore store) throws IOException {
        return LogSource.of(store.fetch(claim.sha256()));
    }

    private static double[] cells(RowBlock block, int row) {
        double[] cells = new double[Channel.COUNT];
        for (int channel = 0; channel < cells.length; channel++) {
            Column column = block.column(Channel.of(channel));
            cells[channel] = column == null ? Double.NaN : column.values()[row];
        }
        return cells;
    }

    private IOException storeChanged(LogRejectedException cause) {
        return new IOException("the store's copy of " + claim.name() + " was changed: " + cause.getMessage(), cause);
    }

    /** Returns the number of rows. */
    private long encode(LogSource source, RecordSink sink) throws LogRejectedException, IOException {
        RunLogEncoder encoder = new RunLogEncoder(claim.attempt());
        sink.record(encoder.started(signer.sign(started(), claim.attempt())), 0);
        int threads = claim.size() > TWO_THREADS_BYTES ? 2 : 1;
        BlockSink blocks = block -> sink.record(encoder.block(block), block.count());
        ReadTotals totals = LogReader.read(source, plan, threads, null, blocks);
        sink.record(encoder.ended(totals.rowsRead(), totals.unreadable(), claim.sha256()), 0);
        return totals.rowsRead();
    }

    private RunStarted started() {
        return new RunStarted(
                claim.runId(),
                claim.shop(),
                claim.cell(),
                claim.name(),
                claim.place(),
                claim.sha256(),
                claim.size(),
                plan.description(),
                claim.options().toTexts(),
                claim.optionFiles(),
                claim.claimedAt().toEpochMilli(),
                "",
                "");
    }
}
