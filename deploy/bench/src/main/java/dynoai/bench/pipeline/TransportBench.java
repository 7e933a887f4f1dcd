package dynoai.bench.pipeline;

import dynoai.analyzer.run.RunAggregate;
import dynoai.engine.sample.SampleProfile;
import dynoai.schemas.AnalysisOptions;
import dynoai.schemas.Channel;
import dynoai.schemas.RowBlock;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.RunLogEncoder;
import dynoai.schemas.wire.WireFormat;
import dynoai.schemas.wire.WriterSchemas;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/** Prints, for a log of each kind: bytes a row on the run log, encoding, decoding and folding on one core, the stream. */
public final class TransportBench {
    private static final int ROWS = 60_000;
    private static final int ROUNDS = 40;

    private TransportBench() {}

    /** Takes the number of runs to send through the embedded broker, 0 to leave that out. */
    public static void main(String[] arguments) throws Exception {
        int runs = arguments.length == 0 ? 40 : Integer.parseInt(arguments[0]);
        for (SampleProfile.Flavour flavour : SampleProfile.Flavour.values()) {
            codec(flavour);
        }
        if (runs > 0) {
            Path data = Files.createTempDirectory("transport-bench");
            StreamRun.measure(EncodedRun.ofSample(SampleProfile.Flavour.WINPEP, ROWS), runs, data);
        }
    }

    private static void codec(SampleProfile.Flavour flavour) throws Exception {
        EncodedRun run = EncodedRun.ofSample(flavour, ROWS);
        RecordDecoder<RunLogRecord> decoder = new RecordDecoder<>(WireFormat.RUN_LOG, WriterSchemas.none());
        List<byte[]> encoded = encode(run);
        double encoding = rate(run.rows(), () -> encode(run));
        double decoding = rate(run.rows(), () -> decode(decoder, encoded));
        double folding = rate(run.rows(), () -> fold(run, decoder, encoded));
        System.out.printf(
                Locale.ROOT,
                "%-12s %5.1f B/row in the log, %5.1f raw, %5.1f lz4, %5.1f zstd; M rows/s: encode %.1f, decode %.1f, decode and fold %.1f%n",
                flavour,
                (double) run.logBytes() / run.rows(),
                (double) size(encoded) / run.rows(),
                (double) compressed(encoded, CompressionType.LZ4) / run.rows(),
                (double) compressed(encoded, CompressionType.ZSTD) / run.rows(),
                encoding / 1e6,
                decoding / 1e6,
                folding / 1e6);
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Rows a second, of the fastest of some rounds. */
    private static double rate(long rows, Work work) throws Exception {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long started = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - started);
        }
        return rows * 1e9 / best;
    }

    private static List<byte[]> encode(EncodedRun run) {
        RunLogEncoder encoder = new RunLogEncoder(1);
        List<byte[]> records = new ArrayList<>();
        for (RowBlock block : run.blocks()) {
            records.add(encoder.block(block));
        }
        return records;
    }

    private static void decode(RecordDecoder<RunLogRecord> decoder, List<byte[]> records) throws Exception {
        for (byte[] record : records) {
            RowBlock block = ((RunLogRecord.Block) decoder.decode(record)).rows();
            for (int channel = 0; channel < Channel.COUNT; channel++) {
                block.values(Channel.of(channel));
            }
        }
    }

    private static void fold(EncodedRun run, RecordDecoder<RunLogRecord> decoder, List<byte[]> records)
            throws Exception {
        RunAggregate aggregate = new RunAggregate(run.plan().description(), AnalysisOptions.defaults());
        for (byte[] record : records) {
            aggregate.fold(((RunLogRecord.Block) decoder.decode(record)).rows());
        }
        aggregate.grids(run.totals().rowsRead(), run.totals().unreadable());
    }

    private static long size(List<byte[]> records) {
        return records.stream().mapToLong(record -> record.length).sum();
    }

    /** As a producer does it: sixteen records in a batch. */
    private static long compressed(List<byte[]> records, CompressionType type) throws Exception {
        long bytes = 0;
        for (int from = 0; from < records.size(); from += 16) {
            ByteBufferOutputStream out = new ByteBufferOutputStream(1 << 20);
            try (var compressing = Compression.of(type).build().wrapForOutput(out, (byte) 2)) {
                for (byte[] record : records.subList(from, Math.min(from + 16, records.size()))) {
                    compressing.write(record);
                }
            }
            ByteBuffer written = out.buffer();
            bytes += written.position();
        }
        return bytes;
    }
}
