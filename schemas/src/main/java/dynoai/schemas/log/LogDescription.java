package dynoai.schemas.log;

import dynoai.schemas.grid.Cylinder;
import java.util.List;

/**
 * How a log is read, decided before its first row, in enough detail to judge whether the right columns were found.
 *
 * @param encoding {@code ASCII}, {@code UTF-8}, {@code windows-1252}, {@code UTF-16LE} or {@code UTF-16BE}
 * @param delimiter {@code comma}, {@code tab}, {@code semicolon} or {@code spaces}
 * @param headers the log's columns in file order, unquoted
 * @param sources which column served which channel, in channel order; lambda columns after the AFR columns that they replace
 * @param frontAfr whether the front cylinder has both a commanded and a measured AFR from any source
 * @param rearAfr likewise for the rear cylinder
 * @param oneWidebandForBoth whether the front's measured AFR also serves the rear cylinder
 * @param conversions every conversion of units and every derived channel, in words
 * @param notes other remarks of the reader for the tuner
 * @param preambleLines lines above the header line that are not blank
 * @param weightsByHits whether every row weighs 1.0, because the log has no torque and no power or the options say so
 * @param passedOver columns that look like a channel and were not taken, in channel order
 */
public record LogDescription(
        LogFormat format,
        String encoding,
        String delimiter,
        List<String> headers,
        List<Source> sources,
        boolean frontAfr,
        boolean rearAfr,
        boolean oneWidebandForBoth,
        List<String> conversions,
        List<String> notes,
        int preambleLines,
        boolean weightsByHits,
        List<PassedOver> passedOver) {

    /**
     * @param role how the column serves the channel: {@code column}, {@code lambda}, {@code target table} or {@code derived}
     * @param header the column's header; empty for a role without a column
     * @param unit the unit that the header or the units row states, as written there; empty if none
     */
    public record Source(Channel channel, String role, String header, String unit) {
        /** Whether the column's own values are the channel's, which those of a derived channel and of a table are not. */
        public boolean isColumn() {
            return !header.isEmpty() && !role.equals("derived");
        }
    }

    /**
     * @param channel the channel that the column looks like
     * @param reason why the column was not taken, as a part of a sentence
     */
    public record PassedOver(Channel channel, String header, String reason) {}

    public boolean hasAfr(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? frontAfr : rearAfr;
    }
}
