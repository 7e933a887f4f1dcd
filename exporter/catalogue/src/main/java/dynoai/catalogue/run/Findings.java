package dynoai.catalogue.run;

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
 * @param thinData whether most of the covered cells have too few samples
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
        String vehicle,
        boolean thinData) {

    public static final Findings NONE = counted(0, 0, 0, "");

    /**
     * Key figures of a correction table.
     *
     * @param largestPct largest cell by magnitude; NaN if the table is empty or unknown
     * @param cellsClamped number of cells at the clamp
     * @param cellsCovered number of cells with samples
     * @param cellsWeak number of cells with some, but too few samples
     * @param uncut the largest correction before the clamp
     */
    public record Delta(double largestPct, int cellsClamped, int cellsCovered, int cellsWeak, Uncut uncut) {
        public static final Delta UNKNOWN = covered(0);

        static Delta covered(int cells) {
            return new Delta(Double.NaN, 0, cells, 0, Uncut.UNKNOWN);
        }
    }

    /**
     * The largest correction of a cylinder before the clamp, and its cell.
     *
     * @param pct NaN if the table is empty, or the run does not record it
     */
    public record Uncut(double pct, int rpm, int kpa) {
        public static final Uncut UNKNOWN = new Uncut(Double.NaN, 0, 0);
    }

    /** Returns the findings of a run result from Kafka; the run folder has more. */
    public static Findings counted(long rows, int cellsCovered, long accepted, String mathVersion) {
        return new Findings(
                rows,
                accepted,
                Delta.covered(cellsCovered),
                Delta.UNKNOWN,
                Delta.UNKNOWN,
                0,
                Double.NaN,
                mathVersion,
                "",
                "",
                false);
    }
}
