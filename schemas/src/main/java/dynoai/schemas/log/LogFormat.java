package dynoai.schemas.log;

/** The program that wrote a log, scored from the header line. */
public enum LogFormat {
    POWERVISION("powervision"),
    GENERIC("generic"),
    WINPEP("winpep"),
    UNKNOWN("unknown");

    private final String key;

    LogFormat(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }

    /** Whether the rules for WinPEP apply, as they do to logs of unknown format. */
    public boolean isReadAsWinpep() {
        return this == WINPEP || this == UNKNOWN;
    }
}
