package dynoai.ingest.stage;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.Column;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.record.LogRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Splits blocks into rows, for consumers that want one record per row. */
final class PlainRows {
    private final int attempt;
    private long rows;

    PlainRows(int attempt) {
        this.attempt = attempt;
    }

    List<LogRow> of(RowBlock block) {
        List<LogRow> plain = new ArrayList<>(block.count());
        for (int row = 0; row < block.count(); row++) {
            double[] cells = new double[Channel.COUNT];
            Arrays.fill(cells, Double.NaN);
            for (int channel = 0; channel < cells.length; channel++) {
                Column column = block.column(Channel.of(channel));
                if (column != null) {
                    cells[channel] = column.values()[row];
                }
            }
            rows++;
            plain.add(new LogRow(attempt, rows, cells));
        }
        return plain;
    }
}
