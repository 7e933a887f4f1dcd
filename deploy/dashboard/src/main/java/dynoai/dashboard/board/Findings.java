package dynoai.dashboard.board;

/**
 * What came out of a run, as far as a list shows it.
 *
 * @param rows data rows read
 * @param cellsCovered of the grid's 55
 * @param accepted rows of both cylinders that counted
 * @param largestCorrectionPct largest cell of the clamped delta by magnitude; NaN when it is empty or unknown
 * @param cellsClamped cells at the clamp
 * @param clampPct the clamp
 * @param mathVersion the formula of the correction; empty when unknown
 * @param format of the log; empty when unknown
 */
public record Findings(
        long rows,
        int cellsCovered,
        long accepted,
        double largestCorrectionPct,
        int cellsClamped,
        int anomalies,
        double clampPct,
        String mathVersion,
        String format) {

    public static final Findings NONE = new Findings(0, 0, 0, Double.NaN, 0, 0, Double.NaN, "", "");

    /** What a result on Kafka tells; the run folder tells more. */
    public static Findings counted(long rows, int cellsCovered, long accepted, String mathVersion) {
        return new Findings(rows, cellsCovered, accepted, Double.NaN, 0, 0, Double.NaN, mathVersion, "");
    }
}
