package dynoai.ingest.log;

/**
 * The counts of a log.
 *
 * @param rowsRead data rows
 * @param unreadable data rows without rpm, MAP or torque
 * @param bytes size of the log
 */
public record ReadTotals(long rowsRead, long unreadable, long bytes) {}
