package dynoai.exporter.pvv;

/** A file that is no Power Vision XML, or one that holds something else than tables of RPM by kPa. */
public final class InvalidPvvException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidPvvException(String file, int line, String problem) {
        super(file + (line > 0 ? ", line " + line : "") + ": " + problem);
    }
}
