package dynoai.analyzer.run;

import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.wire.BinaryOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * AFR errors of a run that exceeded the memory limit, in a temporary file: stretches of one cell each, of a double's bits and
 * its count. A value may be in several stretches.
 */
final class ErrorSpill implements AutoCloseable {
    private static final int PAIR_BYTES = 2 * Long.BYTES;
    private static final int BUFFER_BYTES = 4096 * PAIR_BYTES;

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final List<List<Stretch>> stretches = new ArrayList<>();
    private final long[] totals = new long[GridAxes.CELLS];
    private long end;

    private record Stretch(long start, int pairs) {}

    private ErrorSpill(FileChannel file) {
        this.file = file;
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            stretches.add(new ArrayList<>());
        }
    }

    static ErrorSpill open() throws IOException {
        Path path = Files.createTempFile("dynoai-errors-", ".tmp");
        return new ErrorSpill(FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
    }

    /** Appends the content of the cells; after a failure, none of it counts as written. */
    void append(DistinctCounts[] cells) throws IOException {
        long written = end;
        buffer.clear();
        for (DistinctCounts cell : cells) {
            for (int place = cell.put(0, buffer); place >= 0; place = cell.put(place, buffer)) {
                written = flush(written);
            }
        }
        flush(written);
        for (int cell = 0; cell < cells.length; cell++) {
            int pairs = cells[cell].distinct();
            if (pairs > 0) {
                stretches.get(cell).add(new Stretch(end, pairs));
                end += (long) pairs * PAIR_BYTES;
                totals[cell] += cells[cell].total();
            }
        }
    }

    private long flush(long position) throws IOException {
        long at = position;
        buffer.flip();
        while (buffer.hasRemaining()) {
            at += file.write(buffer, at);
        }
        buffer.clear();
        return at;
    }

    /** Returns the number of errors of the cell. */
    long total(int cell) {
        return totals[cell];
    }

    /** Writes all cells as {@link ErrorCounts#drain} does. */
    void drain(BinaryOutput out) {
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            if (totals[cell] > 0) {
                out.writeInt(cell);
                out.writeInt(
                        stretches.get(cell).stream().mapToInt(Stretch::pairs).sum());
                forEach(cell, (value, count) -> {
                    out.writeDouble(value);
                    out.writeLong(count);
                });
            }
        }
    }

    void forEach(int cell, ErrorVisitor visitor) {
        try {
            for (Stretch stretch : stretches.get(cell)) {
                read(stretch, visitor);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary file with the AFR errors cannot be read", e);
        }
    }

    private void read(Stretch stretch, ErrorVisitor visitor) throws IOException {
        long at = stretch.start();
        long stop = at + (long) stretch.pairs() * PAIR_BYTES;
        while (at < stop) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), stop - at));
            while (buffer.hasRemaining()) {
                int read = file.read(buffer, at);
                if (read < 0) {
                    throw new IOException("it was cut off at byte " + at);
                }
                at += read;
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                visitor.error(Double.longBitsToDouble(buffer.getLong()), buffer.getLong());
            }
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException ignored) {
            // The file is deleted anyway.
        }
    }
}
