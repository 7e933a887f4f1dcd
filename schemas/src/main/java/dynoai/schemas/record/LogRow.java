package dynoai.schemas.record;

import dynoai.schemas.log.Channel;

/** A processed row, for consumers of plain rows. */
public final class LogRow {
    private final int attempt;
    private final long row;
    private final double[] cells;

    /**
     * @param row number of the processed row, from 1
     * @param cells by channel ordinal, NaN where absent
     */
    public LogRow(int attempt, long row, double[] cells) {
        this.attempt = attempt;
        this.row = row;
        this.cells = cells.clone();
    }

    public int attempt() {
        return attempt;
    }

    public long row() {
        return row;
    }

    /** Returns the value of a channel, NaN if absent. */
    public double cell(Channel channel) {
        return cells[channel.ordinal()];
    }
}
