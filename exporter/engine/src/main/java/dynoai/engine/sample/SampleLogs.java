package dynoai.engine.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes sample logs. Equal profiles have equal bytes. */
public final class SampleLogs {
    private SampleLogs() {}

    /** Writes a log with a number of data rows. Flushes the stream and does not close it. */
    public static void write(SampleProfile profile, long rows, OutputStream out) throws IOException {
        DynoSession session = new DynoSession(profile);
        RowLayout layout = new RowLayout(profile);
        CellWriter cells = new CellWriter(out);
        layout.header(cells);
        for (long row = 0; row < rows; row++) {
            session.advance();
            cells.beginRow(session.droppedCell, session.cutAfterCell);
            layout.row(cells, session);
            cells.endRow();
        }
        cells.flush();
    }

    /** Returns a log in memory. */
    public static byte[] bytes(SampleProfile profile, int rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128 + rows * 90);
        try {
            write(profile, rows, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
