package dynoai.engine;

/** What a batch tells while it runs. Calls come from several threads, {@link #ended} in the order of the logs. */
public interface BatchEvents {
    /** So many more bytes of logs were read. */
    void bytesRead(long bytes);

    /** A log came to its end, and all before it did. Never two calls at once. */
    void ended(LogOutcome outcome);
}
