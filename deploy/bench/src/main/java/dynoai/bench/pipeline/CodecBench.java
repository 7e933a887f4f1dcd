package dynoai.bench.pipeline;

import dynoai.analyzer.run.RunAggregate;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.WireFormat;
import dynoai.schemas.wire.WriterSchemas;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/** Cost of a row in memory on one core: encoded bytes, encode, decode and fold rate. */
final class CodecBench {
    private static final int ROUNDS = 40;
    private static final int RECORDS_PER_BATCH = 16;

    private final EncodedRun run;
    private final RecordDecoder<RunLogRecord> decoder =
            new RecordDecoder<>(WireFormat.RUN_LOG, WriterSchemas.none()).reusingBlocks();
    private final List<byte[]> encoded;

    CodecBench(EncodedRun run) {
        this.run = run;
        this.encoded = run.blockRecords();
    }

    double rawBytesPerRow() {
        return (double) encoded.stream().mapToLong(record -> record.length).sum() / run.rows();
    }

    /** Bytes after lz4 compression of batches, as in a producer. */
    double lz4BytesPerRow() throws Exception {
        long bytes = 0;
        for (int from = 0; from < encoded.size(); from += RECORDS_PER_BATCH) {
            ByteBufferOutputStream out = new ByteBufferOutputStream(1 << 20);
            try (var compressing = Compression.of(CompressionType.LZ4).build().wrapForOutput(out, (byte) 2)) {
                for (byte[] record : encoded.subList(from, Math.min(from + RECORDS_PER_BATCH, encoded.size()))) {
                    compressing.write(record);
                }
            }
            ByteBuffer written = out.buffer();
            bytes += written.position();
        }
        return (double) bytes / run.rows();
    }

    double encodeRate() throws Exception {
        return rate(run::blockRecords);
    }

    double decodeRate() throws Exception {
        return rate(this::decode);
    }

    double foldRate() throws Exception {
        return rate(this::fold);
    }

    private void decode() throws Exception {
        for (byte[] record : encoded) {
            RowBlock block = ((RunLogRecord.Block) decoder.decode(record)).rows();
            for (int channel = 0; channel < Channel.COUNT; channel++) {
                block.values(Channel.of(channel));
            }
        }
    }

    private void fold() throws Exception {
        RunAggregate aggregate = new RunAggregate(run.plan().description(), AnalysisOptions.defaults());
        for (byte[] record : encoded) {
            aggregate.fold(((RunLogRecord.Block) decoder.decode(record)).rows());
        }
        aggregate.grids(run.totals().rowsRead(), run.totals().unreadable());
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Rows per second of the fastest round. */
    private double rate(Work work) throws Exception {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long started = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - started);
        }
        return run.rows() * 1e9 / best;
    }
}
