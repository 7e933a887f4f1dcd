package dynoai.dashboard.http;

/**
 * The limits of a server. Each server has its own threads, so one at its limit does not delay another.
 *
 * @param connections open at the same time; a further one closes the one that made no progress for longest
 * @param threads for answering requests; sending and receiving need none
 * @param streams open event streams
 * @param requestMillis for a request to arrive, from its first byte or from the start of the connection
 * @param idleMillis between two requests
 * @param stallMillis without the client taking a byte of a response
 * @param responseMillis for the client to take a whole response
 * @param bodies received at the same time
 * @param minBodyRate bytes per second of a body, on average; counted from {@code requestMillis} after its begin
 */
public record Limits(
        int connections,
        int threads,
        int streams,
        long requestMillis,
        long idleMillis,
        long stallMillis,
        long responseMillis,
        int bodies,
        long minBodyRate) {
    /** Pages, downloads and event streams. */
    public static final Limits PAGE = new Limits(1000, 8, 100, 10_000, 30_000, 20_000, 300_000, 16, 4 * 1024);

    /** Health and metrics, which are small. */
    public static final Limits STATUS = new Limits(500, 2, 1, 5_000, 30_000, 5_000, 20_000, 0, 0);

    public Limits {
        if (connections < 1 || threads < 1) {
            throw new IllegalArgumentException("a server needs a connection and a thread");
        }
    }
}
