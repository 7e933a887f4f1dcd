package dynoai.dashboard.board;

/**
 * What came out of a run, as far as a list shows it.
 *
 * @param rows data rows read
 * @param accepted rows of both cylinders that counted
 * @param both the delta of both cylinders together
 * @param clampPct the clamp
 * @param mathVersion the formula of the correction; empty when unknown
 * @param format of the log; empty when unknown
 * @param vehicle what was on the dyno; empty when unknown
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
     * A correction table in short.
     *
     * @param largestPct largest cell by magnitude; NaN when it is empty or unknown
     * @param cellsClamped cells at the clamp
     * @param cellsCovered of the grid's 55
     */
    public record Delta(double largestPct, int cellsClamped, int cellsCovered) {
        public static final Delta UNKNOWN = new Delta(Double.NaN, 0, 0);
    }

    /** What a result on Kafka tells; the run folder tells more. */
    public static Findings counted(long rows, int cellsCovered, long accepted, String mathVersion) {
        Delta both = new Delta(Double.NaN, 0, cellsCovered);
        return new Findings(rows, accepted, both, Delta.UNKNOWN, Delta.UNKNOWN, 0, Double.NaN, mathVersion, "", "");
    }
}
