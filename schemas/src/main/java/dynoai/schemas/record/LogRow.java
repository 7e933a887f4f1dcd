package dynoai.schemas.record;

import dynoai.schemas.log.Channel;

/** One processed row, for consumers that want plain rows. */
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

    /** The channel's value; NaN where absent. */
    public double cell(Channel channel) {
        return cells[channel.ordinal()];
    }
}
