package dynoai.engine.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes comma separated cells of digits as bytes. */
final class CellWriter {
    private static final int MAX_ROW_BYTES = 1024;
    private static final int MAX_DIGITS = 24;

    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int cell;
    private int droppedCell;
    private int lastCell;

    CellWriter(OutputStream out) {
        this.out = out;
    }

    void header(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, buffer, position, bytes.length);
        position += bytes.length;
        buffer[position++] = '\n';
    }

    /**
     * @param droppedCell index of the empty cell, or -1
     * @param cutAfterCell number of cells to write, or -1 for all
     */
    void beginRow(int droppedCell, int cutAfterCell) throws IOException {
        if (position > buffer.length - MAX_ROW_BYTES) {
            flush();
        }
        cell = 0;
        this.droppedCell = droppedCell;
        lastCell = cutAfterCell < 0 ? Integer.MAX_VALUE : cutAfterCell;
    }

    void endRow() {
        buffer[position++] = '\n';
    }

    /** Writes a number with decimals: 1234 with 2 decimals is 12.34. */
    void number(long scaled, int decimals) {
        int index = cell++;
        if (index >= lastCell) {
            return;
        }
        if (index > 0) {
            buffer[position++] = ',';
        }
        if (index == droppedCell) {
            return;
        }
        if (scaled < 0) {
            buffer[position++] = '-';
        }
        digits(Math.abs(scaled), decimals);
    }

    void flush() throws IOException {
        out.write(buffer, 0, position);
        position = 0;
        out.flush();
    }

    private void digits(long value, int decimals) {
        int length = length(value, decimals);
        int at = position + length;
        position = at;
        long rest = value;
        if (decimals > 0) {
            for (int i = 0; i < decimals; i++) {
                buffer[--at] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
            buffer[--at] = '.';
        }
        do {
            buffer[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
    }

    private static int length(long value, int decimals) {
        int digits = 1;
        for (long power = 10; digits < MAX_DIGITS && value >= power; power *= 10) {
            digits++;
        }
        return Math.max(digits, decimals + 1) + (decimals > 0 ? 1 : 0);
    }
}
