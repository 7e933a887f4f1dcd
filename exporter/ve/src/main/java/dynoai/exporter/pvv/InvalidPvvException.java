package dynoai.exporter.pvv;

/** A file that is not Power Vision XML, or that has tables other than RPM by kPa. */
public final class InvalidPvvException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidPvvException(String file, int line, String problem) {
        super(file + (line > 0 ? ", line " + line : "") + ": " + problem);
    }
}
