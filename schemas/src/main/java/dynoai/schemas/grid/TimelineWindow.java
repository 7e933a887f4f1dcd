package dynoai.schemas.grid;

/**
 * A summary of about ten seconds on the log's clock.
 *
 * @param ordinal from 0, increasing
 * @param firstRow number of the window's first processed row, from 1
 * @param rows processed rows in the window
 * @param startSeconds time of the first row
 * @param endSeconds time of the last row
 * @param meanRpm mean over the window's rows
 * @param meanKpa mean over the window's rows
 */
public record TimelineWindow(
        int ordinal,
        long firstRow,
        long rows,
        double startSeconds,
        double endSeconds,
        double meanRpm,
        double meanKpa,
        CylinderWindow front,
        CylinderWindow rear) {

    /**
     * @param accepted rows accepted in the window
     * @param meanErr weighted mean AFR error in percent, NaN without weight
     * @param meanCorr weighted mean correction in percent, NaN without weight
     * @param peakKnock highest knock retard, from 0.0
     * @param peakIat highest intake temperature, NaN without readings
     */
    public record CylinderWindow(long accepted, double meanErr, double meanCorr, double peakKnock, double peakIat) {}
}
