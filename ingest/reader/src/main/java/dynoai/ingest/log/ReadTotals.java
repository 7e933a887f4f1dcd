package dynoai.ingest.log;

/**
 * What a log held.
 *
 * @param rowsRead data rows
 * @param unreadable those of them without rpm, kpa or torque
 * @param bytes size of the log
 */
public record ReadTotals(long rowsRead, long unreadable, long bytes) {}
