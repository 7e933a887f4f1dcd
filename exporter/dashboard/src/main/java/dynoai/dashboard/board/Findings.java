package dynoai.dashboard.board;

/**
 * The findings of a run that a list shows.
 *
 * @param rows data rows read
 * @param accepted accepted rows of both cylinders
 * @param both the delta of both cylinders
 * @param clampPct the clamp; NaN when unknown
 * @param mathVersion empty when unknown
 * @param format of the log; empty when unknown
 * @param vehicle the vehicle on the dyno; empty when unknown
 */
public record Findings(
        long rows,
        long accepted,
        Delta both,
        Delta front,
        Delta rear,
        int anomalies,
        double clampPct,
        String mathVersion,
        String format,
        String vehicle) {

    public static final Findings NONE = counted(0, 0, 0, "");

    /**
     * Key figures of a correction table.
     *
     * @param largestPct largest cell by magnitude; NaN if the table is empty or unknown
     * @param cellsClamped number of cells at the clamp
     * @param cellsCovered number of cells with samples
     */
    public record Delta(double largestPct, int cellsClamped, int cellsCovered) {
        public static final Delta UNKNOWN = new Delta(Double.NaN, 0, 0);
    }

    /** Returns the findings of a run result from Kafka; the run folder has more. */
    public static Findings counted(long rows, int cellsCovered, long accepted, String mathVersion) {
        Delta both = new Delta(Double.NaN, 0, cellsCovered);
        return new Findings(rows, accepted, both, Delta.UNKNOWN, Delta.UNKNOWN, 0, Double.NaN, mathVersion, "", "");
    }
}
