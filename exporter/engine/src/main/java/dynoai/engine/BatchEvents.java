package dynoai.engine;

/** What a batch reports while it runs. Calls come from several threads, {@link #ended} in the order of the logs. */
public interface BatchEvents {
    BatchEvents SILENT = new BatchEvents() {};

    /** More bytes of logs were read. */
    default void bytesRead(long bytes) {}

    /** A log and all before it were analysed or failed. Calls do not overlap. */
    default void ended(LogResult outcome) {}
}
