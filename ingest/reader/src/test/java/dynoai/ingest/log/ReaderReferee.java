package dynoai.ingest.log;

import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.run.FailureCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a log with the real reader and with the reference reader and says where they differ. */
final class ReaderReferee {
    private final byte[] bytes;
    private final AnalysisOptions options;
    private final ReferenceReader.Result expected;

    ReaderReferee(byte[] bytes, AnalysisOptions options) {
        this.bytes = bytes;
        this.options = options;
        this.expected = ReferenceReader.read(bytes, options);
    }

    ReferenceReader.Result expected() {
        return expected;
    }

    /** The first difference in words; null when both agree. */
    @Nullable
    String difference(int chunkBytes, int threads) throws IOException {
        LogSource source = LogSource.of("log.csv", bytes);
        List<double[]> rows = new ArrayList<>();
        ByteArrayOutputStream seen = new ByteArrayOutputStream(bytes.length);
        LogDescription description;
        ReadTotals totals;
        try {
            LogPlan plan = LogReader.plan(source, options, chunkBytes);
            description = plan.description();
            totals = LogReader.read(
                    source,
                    plan,
                    threads,
                    (buffer, from, to) -> seen.write(buffer, from, to - from),
                    block -> copy(block, rows),
                    chunkBytes);
        } catch (LogRejectedException e) {
            return rejectionDifference(e.rejection().code());
        }
        if (expected.isRejected()) {
            return "read, but the reference rejects it as " + expected.rejections();
        }
        if (!Arrays.equals(seen.toByteArray(), bytes)) {
            return "the observer saw other bytes";
        }
        String difference = headDifference(description);
        if (difference == null
                && (totals.rowsRead() != expected.rowsRead() || totals.unreadable() != expected.unreadable())) {
            difference = "read " + totals + ", not " + expected.rowsRead() + " rows, " + expected.unreadable()
                    + " unreadable";
        }
        return difference == null ? rowDifference(rows) : difference;
    }

    private @Nullable String rejectionDifference(FailureCode code) {
        Set<FailureCode> reasons = expected.rejections();
        return reasons.contains(code) ? null : "rejected as " + code + ", not as one of " + reasons;
    }

    private static void copy(RowBlock block, List<double[]> rows) {
        int first = rows.size();
        for (int i = 0; i < block.count(); i++) {
            double[] row = new double[Channel.COUNT];
            Arrays.fill(row, Double.NaN);
            rows.add(row);
        }
        for (Channel channel : Channel.values()) {
            double[] values = block.values(channel);
            for (int i = 0; values != null && i < block.count(); i++) {
                rows.get(first + i)[channel.ordinal()] = values[i];
            }
        }
    }

    private @Nullable String headDifference(LogDescription description) {
        ReferenceColumns columns = expected.columns();
        if (columns == null) {
            return "read without a header";
        }
        if (description.format() != columns.format) {
            return "format " + description.format() + ", not " + columns.format;
        }
        if (!description.headers().equals(columns.headers)) {
            return "headers " + description.headers() + ", not " + columns.headers;
        }
        if (description.preambleLines() != expected.layout().preamble()) {
            return description.preambleLines() + " lines above the header, not "
                    + expected.layout().preamble();
        }
        boolean ascii =
                columns.headers.stream().allMatch(header -> header.chars().allMatch(c -> c < 0x80));
        if (!ascii && !description.encoding().equals(expected.encoding())) {
            return "encoding " + description.encoding() + ", not " + expected.encoding();
        }
        boolean front = columns.canHaveAfr(Channel.COMMANDED_AFR_FRONT, Channel.MEASURED_AFR_FRONT, options);
        boolean rear = columns.canHaveAfr(Channel.COMMANDED_AFR_REAR, Channel.MEASURED_AFR_REAR, options);
        if (description.weightsByHits() != expected.hits()
                && !options.mathVersion().isReplay()) {
            return "weighted by hits: " + description.weightsByHits();
        }
        for (Channel channel : Channel.values()) {
            String wanted = columns.header(channel);
            List<String> served = served(description, channel, wanted.isEmpty());
            // A rear that shows the front's value may be described with the front's column.
            boolean likeFront = channel == Channel.MEASURED_AFR_REAR
                    && (wanted.isEmpty() || wanted.equals(columns.header(Channel.MEASURED_AFR_FRONT)));
            if (!likeFront && (wanted.isEmpty() ? !served.isEmpty() : !served.contains(wanted))) {
                return channel + " is " + served + ", not '" + wanted + "'";
            }
        }
        if (description.frontAfr() != front || description.rearAfr() != rear) {
            return "AFR " + description.frontAfr() + "/" + description.rearAfr() + ", not " + front + "/" + rear;
        }
        return null;
    }

    /** The headers that serve a channel, with or without the lambdas that stand in. */
    private static List<String> served(LogDescription description, Channel channel, boolean columnsOnly) {
        return description.sources().stream()
                .filter(source ->
                        source.channel() == channel && !source.header().isEmpty())
                .filter(source -> !columnsOnly || source.role().equals("column"))
                .map(LogDescription.Source::header)
                .toList();
    }

    private @Nullable String rowDifference(List<double[]> rows) {
        if (rows.size() != expected.rows().size()) {
            return rows.size() + " rows, not " + expected.rows().size();
        }
        for (int i = 0; i < rows.size(); i++) {
            for (Channel channel : Channel.values()) {
                double is = rows.get(i)[channel.ordinal()];
                double wanted = expected.rows().get(i)[channel.ordinal()];
                // Clock times are for display; the reference reader leaves them out.
                boolean open = channel == Channel.TIME_SECONDS && Double.isNaN(wanted);
                if (!open && Double.doubleToLongBits(is) != Double.doubleToLongBits(wanted)) {
                    return "row " + i + " " + channel + ": " + is + ", not " + wanted;
                }
            }
        }
        return null;
    }
}
