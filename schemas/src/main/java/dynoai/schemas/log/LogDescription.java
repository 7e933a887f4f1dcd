package dynoai.schemas.log;

import dynoai.schemas.grid.Cylinder;
import java.util.List;

/**
 * How a log is read, decided before its first row, in enough detail to judge whether the right columns were found.
 *
 * @param encoding {@code UTF-8} or {@code windows-1252}
 * @param delimiter {@code comma}, {@code tab} or {@code semicolon}
 * @param headers the log's columns in file order, unquoted
 * @param sources which column served which channel, in channel order; lambda columns after the AFR columns that they replace
 * @param frontAfr whether the front cylinder has both a commanded and a measured AFR from any source
 * @param rearAfr likewise for the rear cylinder
 * @param oneWidebandForBoth whether the front's measured AFR also serves the rear cylinder
 * @param conversions every conversion of units and every derived channel, in words
 * @param notes other remarks of the reader for the tuner
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
        List<String> notes) {

    /**
     * @param role how the column serves the channel: {@code column}, {@code lambda}, {@code target table} or {@code derived}
     * @param header the column's header; empty for a role without a column
     */
    public record Source(Channel channel, String role, String header) {}

    public boolean hasAfr(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? frontAfr : rearAfr;
    }
}
