package dynoai.schemas.record;

/**
 * One processed row, for consumers that want plain rows.
 *
 * @param row number of the processed row, from 1
 * @param cells by channel ordinal, NaN where absent
 */
public record LogRow(int attempt, long row, double[] cells) {}
